import type { ErrorCode } from '../../../errors/error-codes.ts';
import { OpencxError } from '../../../errors/opencx-error.ts';
import { withoutSecrets } from '../without-secrets.ts';
import type { SfRun } from './run-sf.ts';

interface SfErrorRow {
  /** Tested against `<name>: <message>` of sf's error document, or what it said without one. */
  matches: RegExp;
  code: ErrorCode;
  nextSteps(org: string): string[];
}

const loginAgain = (org: string): string[] => [
  `Log in again: sf org login web --alias ${org} (--instance-url https://test.salesforce.com for a sandbox).`,
];

const sfErrors: readonly SfErrorRow[] = [
  {
    matches: /NamedOrgNotFound|No authorization information found/i,
    code: 'AUTH_MISSING',
    nextSteps: (org) => ['`sf org list` shows the logins there are.', ...loginAgain(org)],
  },
  {
    matches: /NoDefaultEnv|No default environment|no target org/i,
    code: 'AUTH_MISSING',
    nextSteps: () => [
      'Name the org: --target-org <alias>, or SF_TARGET_ORG.',
      'Or give sf a default: sf config set target-org <alias>',
    ],
  },
  {
    matches:
      /RefreshTokenAuth|expired access\/refresh token|INVALID_SESSION_ID|Session expired|JwtGrant|OrgDataNotAvailable|inactive/i,
    code: 'AUTH_FAILED',
    nextSteps: loginAgain,
  },
  {
    matches: /DomainNotFound|ENOTFOUND|ETIMEDOUT|ECONNRE|fetch failed/i,
    code: 'NETWORK',
    nextSteps: () => ['Check the network and any proxy; an org that was deleted has no address any more.'],
  },
  {
    matches: /keychain|secret-tool|key\.json|decrypt|AuthDecrypt|setAuthInfo/i,
    code: 'AUTH_FAILED',
    nextSteps: (org) => [
      'sf cannot read its own store of logins (keychain). In containers set SF_USE_GENERIC_UNIX_KEYCHAIN=true.',
      ...loginAgain(org),
    ],
  },
];

/** The error for a run of `sf` that ended without a login. sf's own name and message stand in it. */
export function sfRefusal(run: SfRun, targetOrg: string | undefined): OpencxError {
  const { document } = run;
  const said =
    document?.message === undefined ? run.said : withoutSecrets(`${document.name ?? 'Error'}: ${document.message}`);
  const row = sfErrors.find((one) => one.matches.test(said));
  const org = targetOrg ?? '<alias>';
  return new OpencxError(row?.code ?? 'AUTH_FAILED', {
    message: `The Salesforce CLI has no login for ${targetOrg ?? 'its default org'}: ${said === '' ? `it ended with exit code ${run.exitCode ?? '?'} and said nothing` : said}`,
    details: {
      ...(document?.name === undefined ? {} : { sfErrorName: document.name }),
      ...(run.exitCode === undefined ? {} : { sfExitCode: run.exitCode }),
    },
    nextSteps: [
      ...(row?.nextSteps(org) ?? [`Run \`sf org display --target-org ${org}\` by hand.`]),
      ...(document?.actions.map((action) => withoutSecrets(action)) ?? []),
    ],
  });
}
