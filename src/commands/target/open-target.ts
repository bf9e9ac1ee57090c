import { resolve } from 'node:path';

import type { Config } from '../../config/config-schema.ts';
import { readSecretFile, readSecretStream } from '../../config/read-secret.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import type { LoginInputs } from '../../salesforce/auth/login.ts';
import type { OrgSession } from '../../salesforce/auth/org-session.ts';
import type { Org } from '../../salesforce/org.ts';
import type { CommandContext } from '../command-context.ts';
import type { LocalOrg } from './local-org.ts';
import { targetName } from './target-flags.ts';
import type { TargetFlags } from './target-options.ts';

export interface Target {
  org: Org;
  /** The flag that names this target again, for commands that are printed: `--target-org local`, or empty. */
  flag: string;
  /** Where Live Messaging of the local org answers; that of other orgs is derived from their instance. */
  scrtUrl?: string;
}

/**
 * Logs in to the org that the flags mean and asks it who it is.
 * @param options.shareLocal whether other commands find a local org that is started for this one
 * @throws OpencxError of the login, or of the org itself
 */
export async function openTarget(
  context: CommandContext,
  flags: TargetFlags,
  config: Config,
  { shareLocal = false }: { readonly shareLocal?: boolean } = {},
): Promise<Target> {
  const name = targetName(context, config);
  const local = name === 'local' ? await localOrg(context, shareLocal) : undefined;
  const session = local?.session ?? (await remoteSession(context, flags, config, name));
  const { openOrg } = await import('../../salesforce/org.ts');
  const { closeTransport } = await import('../../salesforce/http-defaults.ts');
  context.onEnd(closeTransport);
  const org = await openOrg(guarded(session, context), {
    clock: context.clock,
    signal: context.signal,
    preferredApiVersion: config.blueprint.apiVersion,
    ...(config.apiVersion === undefined ? {} : { apiVersion: config.apiVersion }),
  });
  const flag = name === undefined || name.includes('!') ? '' : `--target-org ${name}`;
  return { org, flag, ...(local === undefined ? {} : { scrtUrl: local.scrtUrl }) };
}

async function localOrg(context: CommandContext, shareLocal: boolean): Promise<LocalOrg> {
  const { openLocalOrg } = await import('./local-org.ts');
  return await openLocalOrg(context.cwd, context.onEnd, shareLocal);
}

async function remoteSession(
  context: CommandContext,
  flags: TargetFlags,
  config: Config,
  name: string | undefined,
): Promise<OrgSession> {
  const { chooseLogin, login } = await import('../../salesforce/auth/login.ts');
  const inputs = await loginInputs(context, flags, config, name);
  for (const secret of [inputs.accessToken, inputs.privateKey, inputs.privateKeyPassphrase, inputs.clientSecret]) {
    context.terminal.redactor.addSecret(secret);
  }
  return await login(chooseLogin(inputs), { clock: context.clock, signal: context.signal });
}

async function loginInputs(
  context: CommandContext,
  flags: TargetFlags,
  config: Config,
  name: string | undefined,
): Promise<LoginInputs> {
  if (flags.accessTokenStdin === true && flags.clientSecretStdin === true) {
    throw new OpencxError('USAGE', {
      message: '--access-token-stdin and --client-secret-stdin cannot both read stdin.',
    });
  }
  const { env } = context;
  const { stdin } = context.terminal.streams;
  const { login } = config;
  const given: Record<keyof Omit<LoginInputs, 'method' | 'web'>, string | undefined> = {
    accessToken:
      flags.accessTokenStdin === true ? await readSecretStream(stdin, 'access token') : env['SF_ACCESS_TOKEN'],
    instanceUrl: login.instanceUrl ?? env['SF_ORG_INSTANCE_URL'],
    targetOrg: name,
    clientId: login.clientId,
    username: login.username,
    privateKey:
      login.privateKeyFile === undefined
        ? undefined
        : await readSecretFile(resolve(context.cwd, login.privateKeyFile), 'private key'),
    privateKeyPassphrase: env['OPENCX_SF_PRIVATE_KEY_PASSPHRASE'],
    clientSecret: await clientSecret(context, flags),
    loginUrl: login.loginUrl,
    audience: env['SF_AUDIENCE_URL'],
  };
  const known = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return {
    ...known,
    ...typedMethod(context, flags, name),
    ...(flags.web === true ? { web: await browser(context, flags) } : {}),
  };
}

/** A flag that was typed beats what lies in the environment and may mean another org. */
function typedMethod(
  context: CommandContext,
  flags: TargetFlags,
  name: string | undefined,
): Pick<LoginInputs, 'method'> {
  const typed = (flag: keyof TargetFlags) => context.sourceOf(flag) === 'cli';
  if (flags.accessTokenStdin === true && typed('accessTokenStdin')) return { method: 'access-token' };
  if (flags.web === true && typed('web')) return { method: 'web' };
  if (typed('targetOrg') && name?.includes('!') !== true) return { method: 'salesforce-cli' };
  if (typed('privateKeyFile')) return { method: 'jwt' };
  return typed('clientSecretStdin') || typed('clientSecretFile') ? { method: 'client-credentials' } : {};
}

/** Every token of a session is a secret of this run, also those that come later by logging in again. */
function guarded(session: OrgSession, context: CommandContext): OrgSession {
  context.terminal.redactor.addSecret(session.accessToken);
  const { refresh } = session;
  return refresh === undefined ? session : { ...session, refresh: async () => guarded(await refresh(), context) };
}

async function clientSecret(context: CommandContext, flags: TargetFlags): Promise<string | undefined> {
  if (flags.clientSecretStdin === true)
    return await readSecretStream(context.terminal.streams.stdin, 'consumer secret');
  if (flags.clientSecretFile !== undefined)
    return await readSecretFile(resolve(context.cwd, flags.clientSecretFile), 'consumer secret');
  return context.env['SF_CLIENT_SECRET'];
}

async function browser(context: CommandContext, flags: TargetFlags): Promise<NonNullable<LoginInputs['web']>> {
  const { openInBrowser } = await import('../../terminal/browser.ts');
  const { terminal } = context;
  return {
    openUrl: openInBrowser,
    onUrl: (url) => {
      terminal.note(`Log in here: ${url}`, true);
    },
    onBrowserFailed: () => {
      terminal.note('No browser could be opened; open the address above yourself.', true);
    },
    ...(flags.oauthPort === undefined ? {} : { port: Number(flags.oauthPort) }),
  };
}
