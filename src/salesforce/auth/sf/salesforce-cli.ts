import { OpencxError } from '../../../errors/opencx-error.ts';
import { checkedAccessToken, looksLikeAccessToken } from '../access-token.ts';
import type { LoginPorts } from '../login-ports.ts';
import { to18Characters } from '../organization-id.ts';
import { checkedInstanceUrl } from '../org-url.ts';
import type { OrgSession } from '../org-session.ts';
import { runSf, type SfRun } from './run-sf.ts';
import { sfRefusal } from './sf-refusal.ts';
import { withoutSecrets } from '../without-secrets.ts';

export interface SalesforceCliLogin {
  /** Alias or Username of a login of the official CLI; by default its own default org. */
  targetOrg?: string;
  /** For each of the two runs of `sf`; 60 s by default. A run takes about 1.3 s. */
  timeoutMs?: number;
}

/**
 * Takes over a login of the official Salesforce CLI by running it; its files are never read. `sf org display` tells the
 * org, and before version 2.136.8 the token too. Later versions mask the token there and give it by `sf org auth
 * show-access-token` alone. In this order no version is asked for a command it does not have: an old `sf` would offer to
 * run the most similar one, and wait ten seconds for an answer. The runs follow each other, because both may refresh the
 * login, and two refreshes at once end it where refresh tokens rotate.
 * @throws OpencxError AUTH_MISSING for no `sf` or no such login · AUTH_FAILED for an expired login, a masked token, no
 *   answer · NETWORK · INTERRUPTED; with sf's own message, never with a token
 */
export async function salesforceCliLogin(options: SalesforceCliLogin, ports: LoginPorts = {}): Promise<OrgSession> {
  const targetOrg = checkedTargetOrg(options.targetOrg);
  const target = targetOrg === undefined ? [] : ['--target-org', targetOrg];
  const timeoutMs = options.timeoutMs ?? 60_000;

  const display = await runSf(['org', 'display', ...target], timeoutMs, ports);
  const org = resultOf(display);
  const instanceUrl = textIn(org, 'instanceUrl');
  if (org === undefined || instanceUrl === undefined) throw sfRefusal(display, targetOrg);
  const status = textIn(org, 'connectedStatus');
  if (status !== undefined && /expired|invalid|refresh|revoked/i.test(status)) {
    throw sfRefusal({ ...display, document: undefined, said: withoutSecrets(status) }, targetOrg);
  }

  const token = unmasked(textIn(org, 'accessToken')) ?? (await showAccessToken(target, timeoutMs, ports, targetOrg));
  const username = textIn(org, 'username');
  const id = textIn(org, 'id');
  return {
    instanceUrl: checkedInstanceUrl(instanceUrl, 'The instance URL that sf knows'),
    accessToken: checkedAccessToken(token),
    source: 'salesforce-cli',
    ...(username === undefined ? {} : { username }),
    ...(id === undefined ? {} : { organizationId: to18Characters(id) }),
    refresh: async () => salesforceCliLogin(options, ports),
  };
}

async function showAccessToken(
  target: readonly string[],
  timeoutMs: number,
  ports: LoginPorts,
  targetOrg: string | undefined,
): Promise<string> {
  const run = await runSf(['org', 'auth', 'show-access-token', ...target], timeoutMs, ports);
  const token = textIn(resultOf(run), 'accessToken');
  const usable = unmasked(token);
  if (usable !== undefined) return usable;
  if (token === undefined && run.document !== undefined && run.document.status !== 0) throw sfRefusal(run, targetOrg);
  throw new OpencxError('AUTH_FAILED', {
    message: `The Salesforce CLI gives no access token: \`sf org display\` masks it ([REDACTED]), and \`sf org auth show-access-token\` ${token === undefined ? `has none either${run.said === '' ? '' : ` (${run.said})`}` : 'masks it too'}.`,
    nextSteps: [
      'Update the Salesforce CLI (sf update, or npm install --global @salesforce/cli): show-access-token came with 2.136.8.',
      'Or log in without it: a JWT, client credentials, or the web login.',
    ],
  });
}

/** A token that is there and not the text that stands for one. */
function unmasked(token: string | undefined): string | undefined {
  return token === undefined || /redacted/i.test(token) ? undefined : token;
}

/**
 * An alias or Username as it may stand in an argument list. `sf` itself takes a bare session id there, but arguments are
 * seen by every process of the machine.
 */
function checkedTargetOrg(value: string | undefined): string | undefined {
  const name = value?.trim();
  if (name === undefined) return undefined;
  if (looksLikeAccessToken(name)) {
    throw new OpencxError('USAGE', {
      message: 'The target org is an access token; a token never goes into an argument of another program.',
      nextSteps: ['Give it by SF_ACCESS_TOKEN, with the org in SF_ORG_INSTANCE_URL.'],
    });
  }
  if (name === '' || name.startsWith('-') || /\p{Cc}/u.test(name)) {
    throw new OpencxError('USAGE', { message: 'The target org is no alias or Username of the Salesforce CLI.' });
  }
  return name;
}

function resultOf(run: SfRun): Record<string, unknown> | undefined {
  const result = run.document?.status === 0 ? run.document.result : undefined;
  return typeof result === 'object' && result !== null ? { ...result } : undefined;
}

function textIn(record: Record<string, unknown> | undefined, key: string): string | undefined {
  const value = record?.[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
