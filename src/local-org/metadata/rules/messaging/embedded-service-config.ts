import type { MetadataProblem } from '../../elements/metadata-problem.ts';
import { listOf, textOf } from '../../elements/metadata-value.ts';
import type { MetadataValue } from '../../elements/metadata-value.ts';
import { apiNameProblem, tooLong } from '../names.ts';
import { notImplementedProblem } from '../not-implemented.ts';
import type { ComponentRule, RuleContext } from '../rule-context.ts';
import { noSuch, required } from './messaging-problems.ts';

const TYPES: ReadonlySet<string> = new Set(['API', 'Web', 'Mobile']);

/** A deployment of messaging: its channel must be there. Deployments of other features are not implemented. */
export const checkEmbeddedServiceConfig: ComponentRule = ({ fullName, value }, context) => {
  const name =
    apiNameProblem(fullName, 'Embedded Service Deployment Name') ??
    tooLong('Label', textOf(value, 'masterLabel') ?? '', 80);
  if (name !== undefined) return { message: name };
  const feature = textOf(value, 'deploymentFeature') ?? '';
  if (feature !== 'EmbeddedMessaging') {
    return { message: notImplementedProblem(`Embedded Service deployments of ${feature}`) };
  }
  const type = textOf(value, 'deploymentType') ?? '';
  if (!TYPES.has(type)) return { message: notImplementedProblem(`Embedded Service deployments of type ${type}`) };
  return channelProblem(value, context) ?? formsProblem(value, context);
};

function channelProblem(value: MetadataValue, context: RuleContext): MetadataProblem | undefined {
  const [stand] = listOf(value, 'embeddedServiceMessagingChannel');
  if (stand === undefined) return required('embeddedServiceMessagingChannel');
  const channel = textOf(stand, 'messagingChannel') ?? '';
  return context.value('MessagingChannel', channel) === undefined
    ? noSuch('messagingChannel', 'MessagingChannel', channel)
    : undefined;
}

/** Fields of pre-chat forms name parameters of the channel; the forms themselves are kept and shown by nobody here. */
function formsProblem(value: MetadataValue, context: RuleContext): MetadataProblem | undefined {
  const [stand = {}] = listOf(value, 'embeddedServiceMessagingChannel');
  const channel = context.value('MessagingChannel', textOf(stand, 'messagingChannel') ?? '') ?? {};
  const known = new Set(listOf(channel, 'customParameters').map((parameter) => textOf(parameter, 'name')));
  const missing = listOf(value, 'embeddedServiceForms')
    .flatMap((form) => listOf(form, 'embeddedServiceFormFields'))
    .filter((field) => textOf(field, 'messagingChannelParameterType') === 'Custom')
    .find((field) => !known.has(textOf(field, 'formField')));
  return missing === undefined
    ? undefined
    : noSuch('formField', 'MessagingChannelCustomParameter', textOf(missing, 'formField') ?? '');
}
