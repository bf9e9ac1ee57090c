import type { OrgState } from '../../state/org-state.ts';
import { forgetClient, registerClient } from '../clients/clients.ts';
import type { ClientInit } from '../clients/clients.ts';
import { revokeRefreshTokensOf } from '../grants/refresh-tokens.ts';
import { revokeSessionsOfClient } from '../sessions.ts';
import { consumerOf } from './consumers.ts';

/** An External Client App as its metadata has it, on its way to being a client of the OAuth endpoints. */
export type AppClient = Omit<ClientInit, 'clientId' | 'secret' | 'activeFrom'>;

/** When an app becomes usable, by its name in lower case. */
const KIND = 'external-client-app-activation';

/**
 * Lets an app log users in by its key and secret, or changes how. A new app is not known to the OAuth endpoints before it
 * is activated, which takes as long as the org's `activationDelayMs` says.
 */
export function registerAppClient(org: OrgState, appName: string, app: AppClient): void {
  const consumer = consumerOf(org, appName);
  if (consumer === undefined) throw new Error(`The app ${appName} has no consumer.`);
  const known = org.documents.get(KIND, appName.toLowerCase());
  const activeFrom =
    typeof known === 'string' ? known : new Date(org.now().getTime() + org.settings.activationDelayMs).toISOString();
  if (known === undefined) org.documents.put(KIND, appName.toLowerCase(), activeFrom);
  registerClient(org, { ...app, clientId: consumer.key, secret: consumer.secret, activeFrom });
}

/** Takes an app's client away, and with it all tokens it was given. */
export function dropAppClient(org: OrgState, appName: string): void {
  org.documents.delete(KIND, appName.toLowerCase());
  const key = consumerOf(org, appName)?.key;
  if (key === undefined) return;
  forgetClient(org, key);
  revokeRefreshTokensOf(org, key);
  revokeSessionsOfClient(org, key);
}
