import { describe, expect, it } from 'vitest';

import { chooseLogin, type LoginInputs } from '../../../src/salesforce/auth/login.ts';
import { everythingIn, failureOf } from './login-failure.ts';

const accessToken = '00D5g00000Ab1Cd!planted_access_token';
const instanceUrl = 'https://acme.my.salesforce.com';
const clientId = '3MVG9key';
const username = 'integration@acme.example';
const privateKey = 'planted_private_key';
const clientSecret = 'planted_client_secret';
const web = { onUrl: (): void => undefined };

const everything: LoginInputs = {
  accessToken,
  instanceUrl,
  targetOrg: 'acme',
  clientId,
  username,
  privateKey,
  clientSecret,
  web,
};

describe('the choice of a login', () => {
  it.each<[string, LoginInputs, object]>([
    ['an access token first', everything, { kind: 'access-token', accessToken, instanceUrl }],
    [
      'then a named login of the CLI',
      { ...everything, accessToken: '' },
      { kind: 'salesforce-cli', targetOrg: 'acme' },
    ],
    [
      'then JWT bearer',
      { ...everything, accessToken: '', targetOrg: ' ' },
      { kind: 'jwt', loginUrl: instanceUrl, clientId, username, privateKey },
    ],
    [
      'then client credentials',
      { clientId, clientSecret, instanceUrl, username, web },
      { kind: 'client-credentials', loginUrl: instanceUrl, clientId, clientSecret },
    ],
    ['and the browser last', { clientId, username, web }, { kind: 'web', clientId, ...web }],
    ['the browser at the org that is named', { instanceUrl, web }, { kind: 'web', loginUrl: instanceUrl, ...web }],
    [
      'the login URL, where both are given',
      { clientId, clientSecret, instanceUrl, loginUrl: 'https://login.acme.example' },
      { kind: 'client-credentials', loginUrl: 'https://login.acme.example', clientId, clientSecret },
    ],
    [
      'production, where no URL is given for a JWT',
      { clientId, username, privateKey, audience: 'https://a.example', privateKeyPassphrase: 'planted' },
      {
        kind: 'jwt',
        loginUrl: 'https://login.salesforce.com',
        clientId,
        username,
        privateKey,
        audience: 'https://a.example',
        privateKeyPassphrase: 'planted',
      },
    ],
    [
      'what was asked for by name, before the order',
      { ...everything, method: 'salesforce-cli' },
      { kind: 'salesforce-cli', targetOrg: 'acme' },
    ],
    [
      'the default org of the CLI, when only the CLI was asked for',
      { method: 'salesforce-cli' },
      { kind: 'salesforce-cli' },
    ],
    [
      'a bare token in SF_TARGET_ORG as the token it is, never as an argument of sf',
      { targetOrg: accessToken, instanceUrl },
      { kind: 'access-token', accessToken, instanceUrl },
    ],
  ])('%s', (_what, inputs, method) => {
    expect(chooseLogin(inputs)).toEqual(method);
  });

  it('names every way when nothing was given', async () => {
    const error = await failureOf(() => chooseLogin({ accessToken: '', targetOrg: ' ' }));
    expect(error.code).toBe('AUTH_MISSING');
    expect(error.exitCode).toBe(4);
    expect(error.message).toBe('No way to log in to an org was given. Found: nothing.');
    expect(error.nextSteps).toEqual([
      'Access token: give SF_ACCESS_TOKEN or --access-token-stdin, and SF_ORG_INSTANCE_URL or --instance-url.',
      'Salesforce CLI login: give --target-org or SF_TARGET_ORG.',
      expect.stringMatching(/^JWT bearer: give --private-key-file .+ --client-id .+ --username/),
      expect.stringMatching(/^Client credentials: give --client-secret-stdin.+ --client-id .+ --login-url/),
      'Web login: give --web.',
    ]);
  });

  it('names what was found although it decides nothing', async () => {
    const error = await failureOf(() => chooseLogin({ clientId, username }));
    expect(error.message).toContain('Found: --client-id or OPENCX_SF_CLIENT_ID, --username or OPENCX_SF_USERNAME.');
    expect(error.details).toMatchObject({ missing: { 'JWT bearer': [expect.stringContaining('--private-key-file')] } });
  });

  it.each<[string, LoginInputs, RegExp, RegExp]>([
    [
      'a token without its org',
      { accessToken, targetOrg: 'acme' },
      /Access token is incomplete/,
      /SF_ORG_INSTANCE_URL/,
    ],
    ['a key without its user', { privateKey, clientId }, /JWT bearer is incomplete/, /Missing: --username/],
    [
      'a secret without a login URL',
      { clientSecret, clientId, web },
      /Client credentials is incomplete/,
      /Missing: --login-url/,
    ],
    ['a browser that was asked for and cannot be had', { method: 'web', clientId }, /Web login is incomplete/, /--web/],
    [
      'a bare token in SF_TARGET_ORG without its org',
      { targetOrg: accessToken },
      /Access token/,
      /SF_ORG_INSTANCE_URL/,
    ],
  ])('never passes over %s', async (_what, inputs, reason, missing) => {
    const error = await failureOf(() => chooseLogin(inputs));
    expect(error.code).toBe('AUTH_MISSING');
    expect(error.message).toMatch(reason);
    expect(error.message).toMatch(missing);
    expect(everythingIn(error)).not.toContain('planted');
  });
});
