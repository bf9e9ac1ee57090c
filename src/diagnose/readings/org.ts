import type { Limit } from '../../provision/setup/facts/setup-facts.ts';
import type { Reading } from './reading.ts';

/** Limits of the org, used and left. */
export const limits: Reading<Readonly<Record<string, Limit>>> = {
  what: 'REST API: limits',
  read: ({ org }) => org.rest<Record<string, Limit>>('GET', '/limits', 'reading limits'),
};

interface SettingsRow {
  Metadata: Record<string, unknown> | null;
}

function settings(type: string): Reading<Readonly<Record<string, unknown>>> {
  return {
    what: `Tooling API: ${type}`,
    read: async ({ org }) => {
      const rows = await org.toolingQuery<SettingsRow>(`SELECT Id, Metadata FROM ${type} LIMIT 1`, `reading ${type}`);
      return rows[0]?.Metadata ?? {};
    },
  };
}

/** Whether only apps that an administrator approved may use the API (API Access Control). */
export const connectedAppSettings = settings('ConnectedAppSettings');
/** What the org asks of every OAuth login. */
export const oauthOidcSettings = settings('OauthOidcSettings');
/** Whether mail from domains that are not verified goes out under a substitute address. */
export const emailAuthorizationSettings = settings('EmailAuthorizationSettings');
