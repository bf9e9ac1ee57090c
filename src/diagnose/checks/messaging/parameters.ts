import { handlerFlowOf, type ChannelValues } from '../../../provision/messaging/channel/channel-values.ts';
import { parameterFor, parameterInTheWay } from '../../../provision/messaging/channel/merge-channel.ts';
import type { Check } from '../../check.ts';
import { fail, pass, warn } from '../../finding.ts';
import { channelMetadata } from '../../readings/messaging/channel.ts';
import { inSetup } from '../../setup-page.ts';
import { judgeChannel, noMessaging } from './applies.ts';

/** OpenCX's session is a UUID. */
const sessionIdLength = 36;

export const parameters: Check = {
  id: 'messaging.parameters',
  title: 'The channel takes the routing attributes that OpenCX sends, and hands them to its flow',
  group: 'messaging',
  why: '“Routing attributes missing in Salesforce”: an attribute without a custom parameter of its very name is dropped without a word; one that is mapped to no variable reaches no flow.',
  mending:
    'Setup → Messaging Settings → the channel: Custom Parameters and Parameter Mappings, then publish the deployment; opencx-sf verify --fix adds what is missing.',
  requires: ['messaging.channel'],
  reads: [channelMetadata],
  fix: ['messaging'],
  appliesTo: noMessaging,
  run: (context) =>
    judgeChannel(context, (channel, name) => {
      const wanted = context.config.messaging.parameters;
      const problems = Object.values(wanted).flatMap((attribute) =>
        problemsOf(channel, attribute, attribute === wanted.sessionId),
      );
      const data = { channel: name, problems };
      const names = Object.values(wanted).join(', ');
      if (problems.length === 0) return pass(names, { data });
      const judge = problems.some(({ loses }) => loses) ? fail : warn;
      const affected = [...new Set(problems.map(({ attribute }) => attribute))];
      return judge(
        `Of the routing attributes, ${affected.join(', ')} ${affected.length === 1 ? 'does' : 'do'} not come through as sent.`,
        {
          data,
          evidence: problems.map(({ attribute, what }) => `${attribute}: ${what}`),
          remedy: [
            inSetup(
              context,
              'LiveMessageSetup/home',
              'Or by hand: the channel → Custom Parameters and Parameter Mappings; then publish the deployment.',
            ),
          ],
          ...(problems.some(({ fixable }) => fixable) ? {} : { byHand: true as const }),
        },
      );
    }),
};

interface Problem {
  attribute: string;
  what: string;
  /** The attribute does not arrive; otherwise it may not. */
  loses: boolean;
  /** The set-up adds what is missing; what somebody made otherwise stays. */
  fixable: boolean;
}

function problemsOf(channel: ChannelValues, attribute: string, isSessionId: boolean): Problem[] {
  const problem = (what: string, more: Partial<Problem> = {}): Problem => ({
    attribute,
    what,
    loses: true,
    fixable: false,
    ...more,
  });
  const present = parameterFor(channel, attribute);
  if (present === undefined) {
    const other = parameterInTheWay(channel, attribute);
    return other === undefined
      ? [problem('the channel has no such parameter', { fixable: true })]
      : [
          problem(
            `the parameter ${other.name} has the Channel Variable Name ${other.externalName}; letters and capitals count`,
          ),
        ];
  }
  const { name, dataType, maxLength, variables } = present;
  return [
    // Sources differ on which of the two names the key is compared with.
    ...(name === attribute
      ? []
      : [problem(`the parameter is called ${name}; give both names alike`, { loses: false })]),
    ...(dataType === 'String' ? [] : [problem(`the parameter is of the type ${dataType}, not Text`)]),
    ...(isSessionId && maxLength !== undefined && maxLength < sessionIdLength
      ? [problem(`the parameter takes ${maxLength} characters; a session has ${sessionIdLength}`)]
      : []),
    ...(handlerFlowOf(channel) === undefined || variables.length > 0
      ? []
      : [problem('it is mapped to no variable of the flow', { fixable: true })]),
  ];
}
