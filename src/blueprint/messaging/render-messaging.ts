import type { BlueprintSettings } from '../../config/blueprint-settings.ts';
import type { MessagingSettings } from '../../config/messaging-settings.ts';
import { componentPath, type Blueprint, type BlueprintComponent } from '../blueprint.ts';
import type { MessagingComponentType, MessagingRole } from '../component-table.ts';
import { withMarker } from '../marker.ts';
import { renderTemplate } from '../rendering/render.ts';
import { refuseProblems } from '../validation/validate.ts';
import { channelParameters } from './channel-parameters.ts';
import { messagingProblems } from './messaging-problems.ts';
import type { MessagingTemplateContext } from './messaging-template-context.ts';
import { renderKeyset, renderVerificationKey, type VerificationKey } from './render-verification-keys.ts';

/** Live Messaging in parts, in the order in which an org can take them. */
export interface MessagingBlueprints {
  /** The keys and, where the issuer is known, their keyset. */
  keys: Blueprint;
  /** Field, permission set, queue and Omni-Channel flow. */
  routing: Blueprint;
  channel: Blueprint;
  deployment: Blueprint;
}

/** Name of the permission set with the field of MessagingSession. */
export function messagingAccessName({ names }: Pick<BlueprintSettings, 'names'>): string {
  return `${names.permissionSet}_Messaging`;
}

/**
 * Renders all of Live Messaging; what of it is made is for the caller to decide. Elements stand in the order of the WSDL.
 * @param keys public keys, the newest first
 * @param beside API names of keys that the org has and the keyset is to name too
 * @throws OpencxError BLUEPRINT_INVALID naming every setting that cannot be rendered, e.g. `messaging.issuer`
 */
export async function renderMessaging(
  settings: MessagingSettings,
  keys: readonly VerificationKey[],
  blueprint: Pick<BlueprintSettings, 'apiVersion' | 'names' | 'permissionSet'>,
  beside: readonly string[] = [],
): Promise<MessagingBlueprints> {
  refuseProblems('Live Messaging', messagingProblems(settings));
  const context = templateContext(settings, blueprint);
  const { apiVersion } = blueprint;
  const part = (...components: BlueprintComponent[]): Blueprint => ({ apiVersion, components });
  const keyset =
    settings.issuer === undefined
      ? []
      : [
          renderKeyset({
            name: settings.keyset,
            issuer: settings.issuer,
            keys: [...keys.map(({ name }) => name), ...beside],
          }),
        ];
  return {
    keys: part(...keys.map(renderVerificationKey), ...keyset),
    routing: part(
      await fieldComponent(context),
      await component('PermissionSet', messagingAccessName(blueprint), 'messaging-access', context),
      await component('QueueRoutingConfig', context.queueRouting, 'messaging-queue-routing', context),
      await component('Queue', settings.queue, 'messaging-queue', context),
      await component('Flow', settings.flow, 'messaging-flow', context),
    ),
    channel: part(await component('MessagingChannel', settings.channel, 'messaging-channel', context)),
    deployment: part(await component('EmbeddedServiceConfig', settings.deployment, 'messaging-deployment', context)),
  };
}

function templateContext(
  settings: MessagingSettings,
  { apiVersion, permissionSet }: Pick<BlueprintSettings, 'apiVersion' | 'permissionSet'>,
): MessagingTemplateContext {
  const { deployment, channel, keyset, flow, queue, queueMembers, sessionIdField, parameters } = settings;
  return {
    apiVersion,
    deployment,
    channel,
    keyset,
    flow,
    queue: {
      name: queue,
      label: queue.replaceAll('_', ' '),
      members: queueMembers,
      hasMembers: queueMembers.length > 0,
    },
    queueRouting: `${queue}_Routing`,
    permissionSetLabel: `${permissionSet.label} Messaging`,
    sessionIdField,
    sessionIdVariable: parameters.sessionId,
    parameters: channelParameters(settings),
  };
}

async function component(
  type: MessagingComponentType | 'PermissionSet',
  fullName: string,
  role: MessagingRole,
  context: MessagingTemplateContext,
): Promise<BlueprintComponent> {
  const { content, marker } = withMarker(await renderTemplate(`messaging/${role}`, context), role, 1);
  return { type, fullName, role, files: [{ path: componentPath(type, fullName), content }], marker };
}

async function fieldComponent(context: MessagingTemplateContext): Promise<BlueprintComponent> {
  const role = 'session-id-field';
  const { content, marker } = withMarker(await renderTemplate(`messaging/${role}`, context), role, 1);
  const files = [{ path: 'objects/MessagingSession.object', content }];
  const fullName = `MessagingSession.${context.sessionIdField}`;
  return { type: 'CustomField', fullName, role, files, object: 'MessagingSession', marker };
}
