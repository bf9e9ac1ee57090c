import { defaultSatelliteNames, type SatelliteNames } from '../../blueprint/app/app-template-context.ts';
import type { AppComponentType } from '../../blueprint/component-table.ts';
import { listMetadata } from '../../salesforce/metadata/list-metadata.ts';
import type { Org } from '../../salesforce/org.ts';

const types = {
  globalOauth: 'ExtlClntAppGlobalOauthSettings',
  oauth: 'ExtlClntAppOauthSettings',
  policies: 'ExtlClntAppOauthConfigurablePolicies',
} as const satisfies Record<keyof SatelliteNames, AppComponentType>;

/**
 * How the org calls the OAuth settings and policies of an app, for those it has. A second component of a type is refused
 * (DUPLICATE_VALUE), so an app that was made in Setup must be met under the names it got there.
 * @returns nothing where the session cannot list metadata (tokens in JWT format): then the usual names are as good as any
 * @throws OpencxError as the requests do
 */
export async function readSatelliteNames(org: Org, app: string): Promise<Partial<SatelliteNames>> {
  if (!org.hasOpaqueToken()) return {};
  const listed = await listMetadata(org, Object.values(types), `looking for the settings of ${app}`);
  const usual = defaultSatelliteNames(app);
  const names: Partial<SatelliteNames> = {};
  for (const part of ['globalOauth', 'oauth', 'policies'] as const) {
    const candidates = listed
      .filter(({ type, fullName }) => type === types[part] && fullName.toLowerCase().startsWith(app.toLowerCase()))
      .map(({ fullName }) => fullName);
    const name = candidates.includes(usual[part]) ? usual[part] : await ownOf(org, app, types[part], candidates);
    if (name !== undefined) names[part] = name;
  }
  return names;
}

/** An app whose name begins with that of another one has satellites that do so, too. */
async function ownOf(
  org: Org,
  app: string,
  type: AppComponentType,
  candidates: readonly string[],
): Promise<string | undefined> {
  for (const name of candidates) {
    const values = await org.readMetadata(type, name, `reading ${type} ${name}`);
    if (String(values?.['externalClientApplication']).toLowerCase() === app.toLowerCase()) return name;
  }
  return undefined;
}
