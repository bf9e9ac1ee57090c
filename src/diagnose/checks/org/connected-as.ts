import { quoted } from '../../../provision/org/soql-literal.ts';
import type { Check } from '../../check.ts';
import { fail, pass, warn } from '../../finding.ts';
import { appGrants } from '../../readings/app.ts';
import { integrationUsername } from '../../readings/expected.ts';
import { people } from '../../readings/people.ts';
import { inSetup } from '../../setup-page.ts';

export const connectedAs: Check = {
  id: 'org.connected-as',
  title: 'OpenCX is connected as the integration user, and by nobody else',
  group: 'org',
  why: 'Connected as a named person, everything stops when that person leaves, and the triggers do not recognise OpenCX’s own mail: replies are not sent.',
  mending: 'In OpenCX: Disconnect, then Connect to Salesforce, logged in as the integration user.',
  requires: ['org.permissions', 'org.integration-user', 'app.present'],
  reads: [appGrants, people, integrationUsername],
  run: async (context) => {
    const grants = await context.read(appGrants);
    const { integrationUser: user } = await context.read(people);
    const connect = {
      text: `In OpenCX (Settings → Integrations → Salesforce → Email): Connect to Salesforce, log in as ${user?.username ?? 'the integration user'}, Allow.`,
      url: 'https://platform.open.cx',
    };
    const [newest] = grants;
    if (newest === undefined)
      return warn('OpenCX is not connected yet: no user has let the app in.', { remedy: [connect] });
    const own = grants.filter(({ userId }) => userId === user?.id);
    const others = grants.filter(({ userId }) => userId !== user?.id);
    const names =
      others.length === 0
        ? []
        : await usernames(
            context.org,
            others.map(({ userId }) => userId),
          );
    const data = { connected: own.length > 0, others: names, lastUsed: own[0]?.lastUsedDate };
    if (own.length === 0) {
      return fail(`OpenCX is connected as ${names.join(', ')}, not as ${user?.username ?? 'the integration user'}.`, {
        data,
        evidence: [`App ${context.config.setup.app.label}: allowed by ${names.join(', ')} on ${newest.createdDate}`],
        remedy: [connect],
      });
    }
    const used = own[0]?.lastUsedDate === undefined ? 'not used yet' : `last used ${own[0].lastUsedDate}`;
    if (others.length === 0) return pass(`as ${user?.username ?? ''}; ${used}`, { data });
    return warn(`Connected as ${user?.username ?? ''}, but ${names.join(', ')} let the app in, too.`, {
      data,
      remedy: [
        inSetup(context, 'ManageUsers/home', 'Revoke what is not wanted: the user’s page, OAuth Connected Apps.'),
      ],
    });
  },
};

async function usernames(org: { query: <R>(soql: string, doing: string) => Promise<R[]> }, ids: readonly string[]) {
  const rows = await org.query<{ Username: string }>(
    `SELECT Username FROM User WHERE Id IN (${quoted([...new Set(ids)])})`,
    'reading who let the app in',
  );
  return rows.map(({ Username }) => Username);
}
