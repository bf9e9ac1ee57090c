import { OpencxError } from '../../errors/opencx-error.ts';
import { looksLikeAccessToken } from './access-token.ts';
import type { LoginMethod } from './login-method.ts';
import type { WebLogin } from './web/web-login.ts';

/** What the command layer found in flags, environment, files and standard input. Blank values count as not given. */
export interface LoginInputs {
  /**
   * A way that was asked for by name, which the order then does not decide. The command layer sets `salesforce-cli` when
   * `--target-org` was typed: a flag beats a token that lies in the environment and may be another org's.
   */
  method?: LoginMethod['kind'] | undefined;
  accessToken?: string | undefined;
  instanceUrl?: string | undefined;
  /** Alias or Username of a login of the Salesforce CLI. */
  targetOrg?: string | undefined;
  clientId?: string | undefined;
  username?: string | undefined;
  /** The key itself, PEM. */
  privateKey?: string | undefined;
  privateKeyPassphrase?: string | undefined;
  clientSecret?: string | undefined;
  /** Where to log in; the instance URL takes its place when it is not given. */
  loginUrl?: string | undefined;
  audience?: string | undefined;
  /** Given when a person may be sent to a browser. */
  web?: Pick<WebLogin, 'port' | 'timeoutMs' | 'onUrl' | 'openUrl' | 'onBrowserFailed'> | undefined;
}

type InputName = Exclude<keyof LoginInputs, 'method' | 'audience' | 'privateKeyPassphrase'>;

/** How each input is given, for the error that names the missing ones. */
export const loginInputNames: Readonly<Record<InputName, string>> = {
  accessToken: 'SF_ACCESS_TOKEN or --access-token-stdin',
  instanceUrl: 'SF_ORG_INSTANCE_URL or --instance-url',
  targetOrg: '--target-org or SF_TARGET_ORG',
  clientId: '--client-id or OPENCX_SF_CLIENT_ID',
  username: '--username or OPENCX_SF_USERNAME',
  privateKey: '--private-key-file or OPENCX_SF_PRIVATE_KEY_FILE',
  clientSecret: '--client-secret-stdin, --client-secret-file or SF_CLIENT_SECRET',
  loginUrl: '--login-url or OPENCX_SF_LOGIN_URL',
  web: '--web',
};

interface MethodRow {
  kind: LoginMethod['kind'];
  label: string;
  /** The one input that nobody gives without meaning this way: it decides, complete or not. */
  decidedBy: InputName;
  needs: readonly InputName[];
}

/** The documented order. The first way whose deciding input is given is taken; it is never silently passed over. */
const order: readonly MethodRow[] = [
  { kind: 'access-token', label: 'Access token', decidedBy: 'accessToken', needs: ['accessToken', 'instanceUrl'] },
  { kind: 'salesforce-cli', label: 'Salesforce CLI login', decidedBy: 'targetOrg', needs: ['targetOrg'] },
  { kind: 'jwt', label: 'JWT bearer', decidedBy: 'privateKey', needs: ['privateKey', 'clientId', 'username'] },
  {
    kind: 'client-credentials',
    label: 'Client credentials',
    decidedBy: 'clientSecret',
    needs: ['clientSecret', 'clientId', 'loginUrl'],
  },
  { kind: 'web', label: 'Web login', decidedBy: 'web', needs: ['web'] },
];

/**
 * Decides how to log in: access token, then a named login of the Salesforce CLI, then JWT bearer, client credentials, and
 * the browser last.
 * @throws OpencxError AUTH_MISSING that names what was found and what is missing, for the way that was meant or for all
 */
export function chooseLogin(given: LoginInputs): LoginMethod {
  const inputs = withoutBlanks(given);
  const row = order.find((one) =>
    inputs.method === undefined ? inputs[one.decidedBy] !== undefined : one.kind === inputs.method,
  );
  const method = row === undefined ? undefined : methodOf(row.kind, inputs);
  if (method === undefined) throw missing(inputs, row === undefined ? order : [row]);
  return method;
}

function methodOf(kind: LoginMethod['kind'], inputs: LoginInputs): LoginMethod | undefined {
  const { accessToken, instanceUrl, targetOrg, clientId, username, privateKey, clientSecret, web } = inputs;
  const loginUrl = inputs.loginUrl ?? instanceUrl;
  switch (kind) {
    case 'access-token':
      return accessToken === undefined || instanceUrl === undefined ? undefined : { kind, accessToken, instanceUrl };
    case 'salesforce-cli':
      return { kind, ...(targetOrg === undefined ? {} : { targetOrg }) };
    case 'jwt': {
      if (clientId === undefined || username === undefined || privateKey === undefined) return undefined;
      const { privateKeyPassphrase, audience } = inputs;
      return {
        kind,
        loginUrl: loginUrl ?? 'https://login.salesforce.com',
        clientId,
        username,
        privateKey,
        ...(privateKeyPassphrase === undefined ? {} : { privateKeyPassphrase }),
        ...(audience === undefined ? {} : { audience }),
      };
    }
    case 'client-credentials':
      if (clientId === undefined || clientSecret === undefined || loginUrl === undefined) return undefined;
      return { kind, loginUrl, clientId, clientSecret };
    case 'web':
      if (web === undefined) return undefined;
      return {
        kind,
        ...web,
        ...(loginUrl === undefined ? {} : { loginUrl }),
        ...(clientId === undefined ? {} : { clientId }),
        ...(clientSecret === undefined ? {} : { clientSecret }),
      };
  }
}

/** CI systems set a variable that has no value to an empty one. `SF_TARGET_ORG` may hold a bare token, as `sf` allows. */
function withoutBlanks(given: LoginInputs): LoginInputs {
  const entries = Object.entries(given).filter(([, value]) =>
    typeof value === 'string' ? value.trim() !== '' : value !== undefined,
  );
  const inputs: LoginInputs = Object.fromEntries(entries);
  const { targetOrg, ...rest } = inputs;
  if (targetOrg === undefined || !looksLikeAccessToken(targetOrg)) return inputs;
  return { ...rest, method: 'access-token', accessToken: targetOrg };
}

function missing(inputs: LoginInputs, rows: readonly MethodRow[]): OpencxError {
  const names = Object.keys(loginInputNames) as InputName[];
  const isGiven = (name: InputName): boolean =>
    inputs[name] !== undefined || (name === 'loginUrl' && inputs.instanceUrl !== undefined);
  const found = names.filter((name) => inputs[name] !== undefined).map((name) => loginInputNames[name]);
  const gaps = rows.map((row) => ({
    label: row.label,
    missing: row.needs.filter((name) => !isGiven(name)).map((name) => loginInputNames[name]),
  }));
  const only = gaps.length === 1 ? gaps[0] : undefined;
  const foundText = found.length === 0 ? 'Found: nothing.' : `Found: ${found.join(', ')}.`;
  return new OpencxError('AUTH_MISSING', {
    message:
      only === undefined
        ? `No way to log in to an org was given. ${foundText}`
        : `The login by ${only.label} is incomplete. ${foundText} Missing: ${only.missing.join(', ')}.`,
    details: { found, missing: Object.fromEntries(gaps.map((gap) => [gap.label, gap.missing])) },
    nextSteps: [
      ...gaps.map((gap) => `${gap.label}: give ${gap.missing.join(', and ')}.`),
      ...rows
        .filter((row) => rows.length === 1 && inputs.method === undefined && row.needs.length > 1)
        .map((row) => `Or leave out ${loginInputNames[row.decidedBy]}, if another way to log in was meant.`),
    ],
  });
}
