import type { Config } from '../../config/config-schema.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import { quoted } from '../../provision/org/soql-literal.ts';
import type { Org } from '../../salesforce/org.ts';
import type { CommandContext } from '../command-context.ts';
import { parseDuration } from '../duration.ts';
import { missingTargetInputs } from '../target/target-flags.ts';
import type { LogsFlags } from './flags.ts';

/** What the flags ask for, checked. */
export interface LogsRequest {
  username: string;
  sinceMs: number;
  pattern: RegExp | undefined;
  /** Milliseconds that `--trace` asks for. */
  traceMs: number | undefined;
}

const dayMs = 86_400_000;

/** @throws OpencxError USAGE, MISSING_INPUT naming all that is missing at once */
export function logsRequest(context: CommandContext, flags: LogsFlags, config: Config): LogsRequest {
  const sinceMs = parseDuration(flags.since, '--since');
  const traceMs = typeof flags.trace === 'string' ? traceDuration(flags.trace) : undefined;
  if (flags.tail === true && traceMs !== undefined) {
    throw new OpencxError('USAGE', {
      message: '--tail keeps the user traced by itself, for as long as it runs; --trace cannot be given with it.',
      nextSteps: ['Leave --trace out.'],
    });
  }
  const username = config.blueprint.integrationUsername;
  const missing = missingTargetInputs(context, flags, config);
  if (missing.length > 0 || username === undefined) throw missingInputs(missing, username === undefined);
  return { username, sinceMs, pattern: flags.grep === undefined ? undefined : regularExpression(flags.grep), traceMs };
}

function traceDuration(text: string): number {
  const ms = parseDuration(text, '--trace', 'm');
  if (ms >= 60_000 && ms < dayMs) return ms;
  throw new OpencxError('USAGE', {
    message: `--trace ${text} cannot be: a trace flag lives for a minute or more, and Salesforce allows less than 24 hours.`,
  });
}

function regularExpression(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'iu');
  } catch (error) {
    throw new OpencxError('USAGE', {
      message: `--grep takes a regular expression of JavaScript: ${error instanceof Error ? error.message : String(error)}`,
      nextSteps: [String.raw`Put a backslash before signs that are meant as they are, e.g. \( or \[.`],
      cause: error,
    });
  }
}

function missingInputs(target: ReturnType<typeof missingTargetInputs>, noUser: boolean): OpencxError {
  const flags = [...target.map(({ flag }) => flag), ...(noUser ? ['--user'] : [])];
  return new OpencxError('MISSING_INPUT', {
    message: `Missing: ${flags.join(', ')}.${noUser ? ' Whose logs? No integration user is configured.' : ''}`,
    details: { missing: flags },
    nextSteps: [
      ...target.map(({ flag, env }) => `Give ${flag}, set ${env}, or write it into opencx-sf.config.json.`),
      ...(noUser
        ? [
            'Give --user <username>, set OPENCX_SF_USER, or write blueprint.integrationUsername into opencx-sf.config.json: the Username that OpenCX logs in as.',
          ]
        : []),
    ],
  });
}

/** The user whose logs are meant. @throws OpencxError NOT_INSTALLED */
export async function findUser(org: Org, username: string): Promise<{ id: string; username: string }> {
  const soql = `SELECT Id, Username FROM User WHERE Username = ${quoted([username])}`;
  const [row] = await org.query<{ Id: string; Username: string }>(soql, 'looking for the user');
  if (row !== undefined) return { id: row.Id, username: row.Username };
  throw new OpencxError('NOT_INSTALLED', {
    message: `${org.identity.name} has no user with the Username ${username}.`,
    details: { username },
    nextSteps: [
      'Give the Username (not the address) of the user that OpenCX logs in as: --user, or blueprint.integrationUsername in opencx-sf.config.json.',
      'A sandbox has its name behind the Usernames of production: integration@example.com.mysandbox.',
    ],
  });
}
