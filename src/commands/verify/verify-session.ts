import type { Config } from '../../config/config-schema.ts';
import type { Check } from '../../diagnose/check.ts';
import { openCheckContext, type CheckContext } from '../../diagnose/check-context.ts';
import { checks } from '../../diagnose/registry.ts';
import { runChecks, type Result } from '../../diagnose/run/run-checks.ts';
import { selectChecks, withRequired } from '../../diagnose/run/select-checks.ts';
import { matchSymptom } from '../../diagnose/symptoms/match-symptom.ts';
import type { Symptom } from '../../diagnose/symptoms/symptoms.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import { refuseMissing } from '../blueprint-inputs.ts';
import type { CommandContext } from '../command-context.ts';
import { setupConfig } from '../setup/setup-session.ts';
import { openTarget, type Target } from '../target/open-target.ts';
import { missingTargetInputs } from '../target/target-flags.ts';
import type { VerifyFlags } from './flags.ts';
import { knownHere } from './known-here.ts';

/** What is looked at, and where. */
export interface VerifySession {
  config: Config;
  target: Target;
  selected: readonly Check[];
  symptom: Symptom | undefined;
  /** Ids in the order in which causes are named. */
  order: readonly Check['id'][];
}

/** One look at all of it. */
export interface Look {
  context: CheckContext;
  /** In the order of the checks. */
  results: readonly Result[];
  startedAt: Date;
  durationMs: number;
  /** HTTP requests to the org. */
  requests: number;
}

/** Which checks a command line means. @throws OpencxError USAGE */
export function chosenChecks(flags: VerifyFlags): Pick<VerifySession, 'selected' | 'symptom' | 'order'> {
  const only = [...(flags.checks ?? []), ...(flags.only ?? [])];
  if (flags.symptom === undefined) {
    const selected = selectChecks(checks, { only, skip: flags.skip ?? [] });
    return { selected, symptom: undefined, order: checks.map(({ id }) => id) };
  }
  if (only.length > 0) {
    throw new OpencxError('USAGE', { message: '--symptom chooses the checks itself; leave out ids and groups.' });
  }
  const symptom = matchSymptom(flags.symptom);
  const path = checks.filter(({ id }) => symptom.path.includes(id));
  const selected = withRequired(checks, path).filter(({ id }) => !(flags.skip ?? []).includes(id));
  // What a check of the path requires is a cause, too, and comes where the registry has it.
  const required = selected.filter(({ id }) => !symptom.path.includes(id)).map(({ id }) => id);
  return { selected, symptom, order: [...required, ...symptom.path] };
}

/**
 * The configuration. Who names checks of Live Messaging means them, though the configuration may not have it: they are pointed at
 * by commands that need no configuration.
 * @throws OpencxError CONFIG_INVALID
 */
export async function verifyConfig(context: CommandContext, flags: VerifyFlags): Promise<Config> {
  const { config } = await setupConfig(context, flags);
  const { channels } = config.setup;
  const named = [...(flags.checks ?? []), ...(flags.only ?? [])];
  const isMeant = named.some((name) => /^messaging(?:\.|$)/.test(name));
  if (!isMeant || channels.includes('messaging')) return config;
  return { ...config, setup: { ...config.setup, channels: [...channels, 'messaging'] } };
}

/** @throws OpencxError of the command line, the configuration or the login */
export async function openVerify(context: CommandContext, flags: VerifyFlags): Promise<VerifySession> {
  const chosen = chosenChecks(flags);
  const config = await verifyConfig(context, flags);
  refuseMissing(missingTargetInputs(context, flags, config));
  context.terminal.redactor.addSecret(config.blueprint.webhookUrl);
  context.terminal.redactor.addSecret(flags.webhook);
  const target = await openTarget(context, flags, config);
  return { config, target, ...chosen };
}

export interface LookOptions {
  /** Told each result as its check ends. */
  onResult?: (result: Result) => void;
  /** Requests of the session that are not counted; none for the first look, which the opening belongs to. */
  uncounted?: number;
}

/** Runs checks of a session once. */
export async function look(
  context: CommandContext,
  flags: VerifyFlags,
  { config, target }: VerifySession,
  selected: readonly Check[],
  { onResult, uncounted = 0 }: LookOptions = {},
): Promise<Look> {
  const startedAt = new Date(context.clock.now());
  const { webhookFingerprint } = flags;
  const opened = await openCheckContext(target.org, config, {
    expectations:
      webhookFingerprint === undefined ? {} : { webhookFingerprint: webhookFingerprint.trim().toLowerCase() },
    ...(await knownHere(context, config, target)),
    behindProxy: isBehindProxy(context.env),
    signal: context.signal,
  });
  const found: Result[] = [];
  for await (const result of runChecks(selected, opened)) {
    found.push(result);
    onResult?.(result);
  }
  return {
    context: opened,
    results: selected.flatMap((check) => found.find((result) => result.check.id === check.id) ?? []),
    startedAt,
    durationMs: context.clock.now() - startedAt.getTime(),
    requests: target.org.requests() - uncounted,
  };
}

function isBehindProxy(env: NodeJS.ProcessEnv): boolean {
  return ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].some((name) => (env[name] ?? '') !== '');
}
