import { renderAccess } from '../../../blueprint/access/render-access.ts';
import type { SatelliteNames } from '../../../blueprint/app/app-template-context.ts';
import { renderApp } from '../../../blueprint/app/render-app.ts';
import { renderBlueprint, type Blueprint, type BlueprintComponent } from '../../../blueprint/blueprint.ts';
import type { ComponentType } from '../../../blueprint/component-table.ts';
import { renderMessaging } from '../../../blueprint/messaging/render-messaging.ts';
import type { VerificationKey } from '../../../blueprint/messaging/render-verification-keys.ts';
import type { BlueprintSettings } from '../../../config/blueprint-settings.ts';
import type { Config } from '../../../config/config-schema.ts';
import type { MessagingSettings } from '../../../config/messaging-settings.ts';
import type { SetupSettings } from '../../../config/setup-settings.ts';
import type { BlueprintPart } from '../plan/change.ts';

/** What the configuration wants of an org, rendered: each part is deployed by one step. */
export interface SetupWish {
  settings: BlueprintSettings;
  setup: SetupSettings;
  parts: Readonly<Record<BlueprintPart, Blueprint>>;
  /** All parts together: what the org is read for. */
  whole: Blueprint;
  /** False as long as nobody has said which URL OpenCX shows; the webhook part then holds a stand-in and is not deployed. */
  webhookKnown: boolean;
  /** Undefined where Live Messaging is not wanted; its parts are empty then. */
  messaging: MessagingSettings | undefined;
}

/** Live Messaging, as it is rendered. */
export interface MessagingWish {
  settings: MessagingSettings;
  /** Public keys, the newest first. */
  keys: readonly VerificationKey[];
  /** Names of keys that stay in the keyset beside them. */
  beside: readonly string[];
}

/** Stands in for a webhook URL that is not known yet, so that all else can be rendered; never deployed. */
const standInUrl = 'https://webhook.invalid/';

const fieldTypes: ReadonlySet<ComponentType> = new Set([
  'CustomField',
  'CustomObject',
  'ExternalCredential',
  'PermissionSet',
]);

/** What stands in for what the configuration leaves open, mostly since the org has it already. */
export interface KnownOfOrg {
  /** Contact of the app. */
  contactEmail: string;
  webhookUrl?: string;
  /** How the org calls the settings of the app. */
  satellites?: Partial<SatelliteNames>;
}

/**
 * Renders everything that a configuration wants.
 * @throws OpencxError BLUEPRINT_INVALID
 */
export async function renderWish(
  { blueprint, setup }: Pick<Config, 'blueprint' | 'setup'>,
  org: KnownOfOrg,
  messaging?: MessagingWish,
): Promise<SetupWish> {
  const known = blueprint.webhookUrl ?? org.webhookUrl;
  const settings = { ...blueprint, webhookUrl: known ?? standInUrl };
  const rendered = await renderBlueprint(settings);
  const access = setup.integrationUser.access === 'least-privilege' ? [await renderAccess(settings)] : [];
  const app = await renderApp(
    { ...setup.app, contactEmail: setup.app.contactEmail ?? org.contactEmail },
    {
      apiVersion: settings.apiVersion,
      permissionSet: settings.names.permissionSet,
      ...(org.satellites === undefined ? {} : { names: org.satellites }),
    },
  );
  const part = (components: BlueprintComponent[]): Blueprint => ({ apiVersion: rendered.apiVersion, components });
  const where = (test: (type: ComponentType) => boolean) => rendered.components.filter((one) => test(one.type));
  const parts = {
    fields: part([...where((type) => fieldTypes.has(type)), ...access]),
    app: app.app,
    'app-policies': app.policies,
    webhook: part(where((type) => type === 'NamedCredential')),
    apex: part(where((type) => type === 'ApexClass' || type === 'ApexTrigger')),
    ...(await messagingParts(settings, messaging)),
  };
  const wanted = (Object.keys(parts) as BlueprintPart[])
    .filter((name) => setup.app.manage || (name !== 'app' && name !== 'app-policies'))
    .map((name) => parts[name]);
  return {
    settings,
    setup,
    parts,
    whole: part(wanted.flatMap((one) => one.components)),
    webhookKnown: known !== undefined,
    messaging: messaging?.settings,
  };
}

type MessagingPart = Extract<BlueprintPart, `messaging-${string}`>;

async function messagingParts(
  blueprint: BlueprintSettings,
  messaging: MessagingWish | undefined,
): Promise<Record<MessagingPart, Blueprint>> {
  if (messaging === undefined) {
    const none: Blueprint = { apiVersion: blueprint.apiVersion, components: [] };
    return {
      'messaging-keys': none,
      'messaging-routing': none,
      'messaging-channel': none,
      'messaging-deployment': none,
    };
  }
  const { keys, routing, channel, deployment } = await renderMessaging(
    messaging.settings,
    messaging.keys,
    blueprint,
    messaging.beside,
  );
  return {
    'messaging-keys': keys,
    'messaging-routing': routing,
    'messaging-channel': channel,
    'messaging-deployment': deployment,
  };
}
