import { setTimeout as delay } from 'node:timers/promises';

import { afterEach, describe, expect, it } from 'vitest';

import { salesforceCliLogin } from '../../../src/salesforce/auth/sf/salesforce-cli.ts';
import { installFakeSf, type FakeSf, type SfBehaviour } from './fake-sf.ts';
import { everythingIn, failureOf } from './login-failure.ts';

const token = '00D5g00000Ab1Cd!AQEAQ.planted_Secret_of_sf';
const authUrl = 'force://PlatformCLI::5Aep861planted_refresh_token@acme.my.salesforce.com';
const masked = "[REDACTED] Use 'sf org auth show-access-token' to view";
const nodeWarning =
  '(node:4711) [DEP0040] DeprecationWarning: The `punycode` module is deprecated. {"this": "is no JSON document"}\n' +
  '(Use `node --trace-deprecation ...` to show where the warning was created)\n';

let sf: FakeSf | undefined;
afterEach(async () => {
  await sf?.remove();
  sf = undefined;
});

async function install(behaviours: Record<string, SfBehaviour>, wrapper?: 'shell'): Promise<FakeSf> {
  sf = await installFakeSf(behaviours, wrapper);
  return sf;
}

function display(accessToken: string | undefined, more: object = {}): object {
  const result = {
    id: '00D5g00000Ab1CdEAJ',
    apiVersion: '66.0',
    accessToken,
    instanceUrl: 'https://acme.my.salesforce.com/',
    username: 'admin@acme.example',
    clientId: 'PlatformCLI',
    connectedStatus: 'Connected',
    alias: 'acme',
    ...more,
  };
  return { status: 0, result, warnings: ['Secrets are now hidden from this output.'] };
}

/** The shape of sf's errors: name and message at the top, `status` the exit code. */
function sfError(name: string, message: string, more: object = {}): SfBehaviour {
  const document = {
    name,
    message,
    exitCode: 1,
    context: 'OrgDisplay',
    stack: `${name}: ${message}`,
    status: 1,
    ...more,
  };
  return { stdout: document, exitCode: 1 };
}

const current: Record<string, SfBehaviour> = {
  'org display': { stdout: display(masked), stderr: nodeWarning },
  'org auth show-access-token': {
    stdout: {
      status: 0,
      result: { accessToken: token },
      warnings: ['This command will expose sensitive information.'],
    },
    stderr: nodeWarning,
  },
};

const session = {
  instanceUrl: 'https://acme.my.salesforce.com',
  accessToken: token,
  username: 'admin@acme.example',
  organizationId: '00D5g00000Ab1CdEAJ',
  source: 'salesforce-cli',
};

describe('a login of the Salesforce CLI', () => {
  it('of today: the org from display, the token from show-access-token', async () => {
    const { environment, runs } = await install(current);
    expect(await salesforceCliLogin({ targetOrg: 'acme' }, { environment })).toMatchObject(session);
    expect((await runs()).map((run) => run.args)).toEqual([
      ['org', 'display', '--target-org', 'acme', '--json'],
      ['org', 'auth', 'show-access-token', '--target-org', 'acme', '--json'],
    ]);
  });

  it('runs sf without a standard input, quietly, and without the chatter that breaks parsers', async () => {
    const { environment, runs } = await install(current);
    await salesforceCliLogin({ targetOrg: 'acme' }, { environment });
    for (const run of await runs()) {
      expect(run.stdinEnded).toBe(true);
      expect(run.variables).toMatchObject({ SF_SKIP_NEW_VERSION_CHECK: 'true', SF_HIDE_RELEASE_NOTES: 'true' });
    }
  });

  it('of versions before 2.136.8: the token from display, and no command that they do not have', async () => {
    const { environment, runs } = await install({ 'org display': { stdout: display(token) } });
    expect(await salesforceCliLogin({ targetOrg: 'acme' }, { environment })).toMatchObject(session);
    expect(await runs()).toHaveLength(1);
  });

  it('of versions that leave the token out of display altogether', async () => {
    const { environment } = await install({ ...current, 'org display': { stdout: display(undefined) } });
    expect(await salesforceCliLogin({ targetOrg: 'acme' }, { environment })).toMatchObject(session);
  });

  it('by default that of the default org', async () => {
    const { environment, runs } = await install(current);
    expect(await salesforceCliLogin({}, { environment })).toMatchObject(session);
    expect((await runs())[0]?.args).toEqual(['org', 'display', '--json']);
  });

  it('with warnings and update notices around the document on stdout', async () => {
    const text = `Warning: @salesforce/cli update available from 2.100.0 to 2.146.3.\n{ not json\n${JSON.stringify(display(token), null, 2)}\n{"name":"plugin chatter"}\n`;
    const { environment } = await install({ 'org display': { stdout: text, stderr: nodeWarning } });
    expect(await salesforceCliLogin({ targetOrg: 'acme' }, { environment })).toMatchObject(session);
  });

  it('is asked again for a refreshed token', async () => {
    const { environment, runs } = await install(current);
    const first = await salesforceCliLogin({ targetOrg: 'acme' }, { environment });
    expect(await first.refresh?.()).toMatchObject(session);
    expect(await runs()).toHaveLength(4);
  });
});

describe('no login of the Salesforce CLI', () => {
  it('because there is no sf', async () => {
    const error = await failureOf(async () =>
      salesforceCliLogin({ targetOrg: 'acme' }, { environment: { PATH: '/nonexistent' } }),
    );
    expect(error.code).toBe('AUTH_MISSING');
    expect(error.message).toContain('not installed');
    expect(error.nextSteps.join(' ')).toContain('npm install --global @salesforce/cli');
  });

  it.each([
    [
      'there is no such alias',
      sfError('NamedOrgNotFoundError', 'No authorization information found for acme.'),
      'AUTH_MISSING',
      /sf org list/,
    ],
    [
      'there is no default org',
      sfError('NoDefaultEnvError', 'No default environment found. Use -o or --target-org to specify an environment.'),
      'AUTH_MISSING',
      /sf config set target-org/,
    ],
    [
      'the refresh token has ended',
      sfError(
        'RefreshTokenAuthError',
        'Error authenticating with the refresh token due to: expired access/refresh token',
      ),
      'AUTH_FAILED',
      /sf org login web --alias acme/,
    ],
    ['the org is gone', sfError('DomainNotFoundError', 'The org cannot be found'), 'NETWORK', /deleted/],
    [
      'the keychain cannot be read',
      sfError(
        'AuthDecryptError',
        'Failed to decipher auth data. reason: Unsupported state or unable to authenticate data.',
      ),
      'AUTH_FAILED',
      /SF_USE_GENERIC_UNIX_KEYCHAIN/,
    ],
    [
      'of a reason nobody has seen before',
      sfError('SomePluginError', 'the plugin said no', { actions: ['Ask the plugin.'] }),
      'AUTH_FAILED',
      /Ask the plugin/,
    ],
  ] as const)('because %s', async (_why, behaviour, code, step) => {
    const { environment } = await install({ 'org display': { ...behaviour, stderr: nodeWarning } });
    const error = await failureOf(async () => salesforceCliLogin({ targetOrg: 'acme' }, { environment }));
    expect(error.code).toBe(code);
    const { message } = behaviour.stdout as { message: string };
    expect(error.message).toContain(message);
    expect(error.nextSteps.join('\n')).toMatch(step);
  });

  it('because the session that sf stores is expired', async () => {
    const stale = display(token, { connectedStatus: 'Session expired or invalid' });
    const { environment } = await install({ 'org display': { stdout: stale } });
    const error = await failureOf(async () => salesforceCliLogin({ targetOrg: 'acme' }, { environment }));
    expect(error.code).toBe('AUTH_FAILED');
    expect(error.message).toContain('Session expired or invalid');
    expect(everythingIn(error)).not.toContain('planted');
  });

  it('because show-access-token is refused', async () => {
    const refusal = sfError('NamedOrgNotFoundError', 'No authorization information found for acme.');
    const { environment } = await install({ ...current, 'org auth show-access-token': refusal });
    const error = await failureOf(async () => salesforceCliLogin({ targetOrg: 'acme' }, { environment }));
    expect(error.message).toContain('No authorization information found');
  });

  it('because a version masks the token and has no command that shows it', async () => {
    const { environment } = await install({ 'org display': { stdout: display(masked) } });
    const error = await failureOf(async () => salesforceCliLogin({ targetOrg: 'acme' }, { environment }));
    expect(error.code).toBe('AUTH_FAILED');
    expect(error.message).toContain('is not a sf command');
    expect(error.nextSteps[0]).toContain('sf update');
  });

  it('because both commands mask it', async () => {
    const stdout = { status: 0, result: { accessToken: masked }, warnings: [] };
    const { environment } = await install({ ...current, 'org auth show-access-token': { stdout } });
    const error = await failureOf(async () => salesforceCliLogin({ targetOrg: 'acme' }, { environment }));
    expect(error.message).toContain('masks it too');
  });

  it.each([
    ['an answer without JSON', { stdout: 'Segmentation fault\n', exitCode: 139 }, /Segmentation fault/],
    ['an answer without anything', { exitCode: 1 }, /exit code 1 and said nothing/],
    ['JSON of another command', { stdout: { status: 0, result: [{ username: 'x' }] } }, /no login/],
    ['an instance URL that is none', { stdout: display(token, { instanceUrl: 'http://acme.example' }) }, /https/],
    ['a token that is none', { stdout: display('planted nonsense') }, /shape/],
  ])('because of %s', async (_what, behaviour, reason) => {
    const { environment } = await install({ 'org display': behaviour });
    const error = await failureOf(async () => salesforceCliLogin({ targetOrg: 'acme' }, { environment }));
    expect(error.message).toMatch(reason);
    expect(everythingIn(error)).not.toContain('planted');
  });

  it.each(['node', 'shell'] as const)('because sf (%s) gives no answer in time', async (wrapper) => {
    const behaviours = { 'org display': { hangs: true, stdout: token } };
    const { environment, heartBeats } = await install(behaviours, wrapper === 'shell' ? 'shell' : undefined);
    const started = Date.now();
    const error = await failureOf(async () => salesforceCliLogin({ timeoutMs: 3000 }, { environment }));
    expect(error.code).toBe('AUTH_FAILED');
    expect(error.message).toContain('within 3 s');
    expect(Date.now() - started).toBeLessThan(30_000);
    expect(everythingIn(error)).not.toContain('planted');
    const beats = await heartBeats();
    await delay(300);
    expect(await heartBeats(), 'nothing of sf goes on running').toBe(beats);
  });

  it('because it was interrupted', async () => {
    const { environment } = await install({ 'org display': { hangs: true } });
    const signal = AbortSignal.timeout(300);
    const error = await failureOf(async () => salesforceCliLogin({}, { environment, signal }));
    expect(error.code).toBe('INTERRUPTED');
  });

  it.each([
    ['a token', token, /access token/],
    ['a flag', '--verbose', /no alias/],
    ['two lines', 'a\nb', /no alias/],
    ['nothing', ' ', /no alias/],
  ])('because the target org is %s, and sf is not even run', async (_what, targetOrg, reason) => {
    const { environment, runs } = await install(current);
    const error = await failureOf(async () => salesforceCliLogin({ targetOrg }, { environment }));
    expect(error.code).toBe('USAGE');
    expect(error.message).toMatch(reason);
    expect(everythingIn(error)).not.toContain('planted');
    await expect(runs()).rejects.toThrow('ENOENT');
  });

  it('and no secret of sf shows, wherever it puts one', async () => {
    const message = `cannot use ${token} of ${authUrl}`;
    const behaviour = sfError('OddError', message, { actions: [`Try ${authUrl}`], data: { token } });
    const { environment } = await install({ 'org display': { ...behaviour, stderr: `${nodeWarning}${token}\n` } });
    const error = await failureOf(async () => salesforceCliLogin({ targetOrg: 'acme' }, { environment }));
    expect(error.message).toContain('cannot use 00D5g00000Ab1Cd![redacted]');
    expect(everythingIn(error)).not.toContain('planted');
  });
});
