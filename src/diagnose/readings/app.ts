import type { BlueprintComponent } from '../../blueprint/blueprint.ts';
import { renderApp } from '../../blueprint/app/render-app.ts';
import { existingConnectedApp } from '../../provision/app/connected-app.ts';
import { readAppComponent } from '../../provision/app/read-app-component.ts';
import { readSatelliteNames } from '../../provision/app/satellite-names.ts';
import { quoted } from '../../provision/org/soql-literal.ts';
import type { AuthorizeProbe } from '../../salesforce/auth/probe-authorize.ts';
import type { CheckContext } from '../check-context.ts';
import type { Reading } from './reading.ts';

/** The External Client App that OpenCX logs in by. */
export interface AppRow {
  name: string;
  label: string;
  /** ISO 8601. */
  createdDate: string;
}

/** Undefined where the org has none of the configured name. */
export const appRow: Reading<AppRow | undefined> = {
  what: 'ExternalClientApplication',
  read: async ({ org, config }) => {
    const rows = await org.query<{ DeveloperName: string; MasterLabel: string; CreatedDate: string }>(
      `SELECT DeveloperName, MasterLabel, CreatedDate FROM ExternalClientApplication WHERE DeveloperName = ${quoted([config.setup.app.name])}`,
      'looking for the External Client App',
    );
    const [row] = rows;
    return row === undefined
      ? undefined
      : { name: row.DeveloperName, label: row.MasterLabel, createdDate: row.CreatedDate };
  },
};

/** The classic Connected App of the configured label, which older installations go on with. */
export const connectedApp: Reading<string | undefined> = {
  what: 'ConnectedApplication',
  read: ({ org, config }) => existingConnectedApp(org, config.setup.app.label),
};

/** `unread`: the session cannot tell (a token in JWT format, or the org keeps it to itself). */
export type AppPart = Readonly<Record<string, unknown>> | 'unread' | undefined;

/** OAuth settings and policies of the app, by the names of the Metadata API. */
export interface AppSettingsRead {
  globalOauth: AppPart;
  oauth: AppPart;
  policies: AppPart;
}

export const appSettings: Reading<AppSettingsRead> = {
  what: 'Metadata API: ExtlClntAppGlobalOauthSettings, ExtlClntAppOauthSettings, ExtlClntAppOauthConfigurablePolicies',
  read: async (context) => {
    const { app, 'app-policies': policies } = context.drawn.parts;
    const read = await readParts(context, [...app.components, ...policies.components]);
    const missing = Object.values(read).includes(undefined);
    return missing && (await context.read(appRow)) !== undefined ? await readUnderOwnNames(context) : read;
  },
};

/** An app that was made in Setup has its settings under names of Setup's choice. */
async function readUnderOwnNames(context: CheckContext): Promise<AppSettingsRead> {
  const { org, config, drawn } = context;
  const names = await readSatelliteNames(org, config.setup.app.name);
  const { contactEmail = 'nobody@example.com' } = config.setup.app;
  const { permissionSet } = drawn.settings.names;
  const own = await renderApp(
    { ...config.setup.app, contactEmail },
    { apiVersion: org.apiVersion, permissionSet, names },
  );
  return await readParts(context, [...own.app.components, ...own.policies.components]);
}

async function readParts({ org }: CheckContext, all: readonly BlueprintComponent[]): Promise<AppSettingsRead> {
  const part = async (type: BlueprintComponent['type']): Promise<AppPart> => {
    const component = all.find((one) => one.type === type);
    if (component === undefined) return undefined;
    const read = await readAppComponent(org, component);
    return read === undefined || read === 'unread' ? read : read.values;
  };
  const [globalOauth, oauth, policies] = await Promise.all([
    part('ExtlClntAppGlobalOauthSettings'),
    part('ExtlClntAppOauthSettings'),
    part('ExtlClntAppOauthConfigurablePolicies'),
  ]);
  return { globalOauth, oauth, policies };
}

/**
 * What the authorize endpoint makes of the app, as OpenCX will meet it; undefined where the consumer key cannot be read.
 */
export const authorizeProbe: Reading<AuthorizeProbe | undefined> = {
  what: 'the authorize endpoint, with the consumer key of the app (nobody is logged in)',
  read: async ({ org, config, read, signal }) => {
    const { globalOauth } = await read(appSettings);
    const key = typeof globalOauth === 'object' ? globalOauth['consumerKey'] : undefined;
    if (typeof key !== 'string' || key === '') return undefined;
    const { probeAuthorize } = await import('../../salesforce/auth/probe-authorize.ts');
    return await probeAuthorize(
      org.identity.instanceUrl,
      { key, callbackUrl: config.setup.app.callbackUrl },
      signal === undefined ? {} : { signal },
    );
  },
};

/** A grant of the app: a user who allowed OpenCX in. */
export interface AppGrant {
  userId: string;
  /** ISO 8601. */
  createdDate: string;
  /** ISO 8601; undefined if it was never used. */
  lastUsedDate: string | undefined;
  useCount: number;
}

interface TokenRow {
  UserId: string;
  CreatedDate: string;
  LastUsedDate: string | null;
  UseCount: number | null;
}

/** Refresh tokens of the app, newest first: who OpenCX is connected as. */
export const appGrants: Reading<readonly AppGrant[]> = {
  what: 'OauthToken of the app',
  read: async ({ org, config }) => {
    const rows = await org.query<TokenRow>(
      `SELECT UserId, CreatedDate, LastUsedDate, UseCount FROM OauthToken WHERE AppName = ${quoted([config.setup.app.label])} ORDER BY CreatedDate DESC LIMIT 20`,
      'reading who OpenCX is connected as',
    );
    return rows.map((row) => ({
      userId: row.UserId,
      createdDate: row.CreatedDate,
      lastUsedDate: row.LastUsedDate ?? undefined,
      useCount: row.UseCount ?? 0,
    }));
  },
};
