import { mailSettings } from '../../mail/mail-settings.ts';
import { listRoutingAddresses } from '../../mail/routing/routing-address.ts';
import { clientsOf } from '../../oauth/clients/clients.ts';
import { settingsMembers, settingsOf } from '../../settings/settings-documents.ts';
import type { OrgState } from '../../state/org-state.ts';
import { canonical } from './canonical.ts';
import { componentDump } from './component-dump.ts';
import { recordDump } from './record-dump.ts';

/**
 * Everything an org holds, in one canonical order, for tests that compare what was before with what is after. Secrets are
 * left out: of OAuth clients, of named credentials, private keys, tokens. What was deleted is not in it.
 */
export function orgDump(org: OrgState): unknown {
  const settings = Object.fromEntries(settingsMembers.map((member) => [member, settingsOf(org, member)]));
  const addresses = listRoutingAddresses(org);
  const clients = clientsOf(org).map(({ secretHash, ...client }) => ({
    ...client,
    hasSecret: secretHash !== undefined,
  }));
  return canonical({
    components: componentDump(org),
    records: recordDump(org),
    settings,
    mailSettings: mailSettings(org),
    routingAddresses: addresses.toSorted((one, other) => (one.emailAddress < other.emailAddress ? -1 : 1)),
    oauthClients: clients.toSorted((one, other) => (one.clientId < other.clientId ? -1 : 1)),
  });
}
