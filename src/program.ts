import { Command, CommanderError, type Option } from 'commander';

import { registerApply } from './commands/apply/register.ts';
import { registerDeployApex } from './commands/deploy-apex/register.ts';
import { registerDestroy } from './commands/destroy/register.ts';
import { registerEvents } from './commands/events/register.ts';
import { registerGenerate } from './commands/generate/register.ts';
import { registerInit } from './commands/init/register.ts';
import { registerLogs } from './commands/logs/register.ts';
import { registerMessaging } from './commands/messaging/register.ts';
import { registerOrg } from './commands/org/register.ts';
import { registerPlan } from './commands/plan/register.ts';
import { registerServe } from './commands/serve/register.ts';
import { registerUpgrade } from './commands/upgrade/register.ts';
import { registerVerify } from './commands/verify/register.ts';
import { registerWebhook } from './commands/webhook/register.ts';
import { exitCodes } from './errors/exit-codes.ts';
import { packageVersion } from './version.ts';

/** Every command, in the order of the help page. Each registers names and flags only; handlers are loaded when they run. */
const registrants: readonly ((program: Command) => void)[] = [
  registerInit,
  registerPlan,
  registerApply,
  registerVerify,
  registerDestroy,
  registerDeployApex,
  registerUpgrade,
  registerGenerate,
  registerWebhook,
  registerLogs,
  registerMessaging,
  registerServe,
  registerEvents,
  registerOrg,
];

export function buildProgram(): Command {
  const program = new Command('opencx-sf')
    .description('Connects OpenCX to a Salesforce org: renders, deploys and checks the integration.')
    .version(packageVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .showSuggestionAfterError()
    // commander asks for it on the whole way down to a command that has both options and verbs, as verify has.
    .enablePositionalOptions()
    .configureHelp({ optionDescription: describeOption })
    .addHelpText('after', exitCodeHelp);
  for (const register of registrants) register(program);
  for (const command of everyCommand(program)) command.exitOverride().allowExcessArguments(false);
  return program;
}

/**
 * Runs one command line.
 * @param argv as `process.argv`
 * @returns nothing; the exit code is set on the process
 */
export async function runProgram(argv: readonly string[]): Promise<void> {
  const program = buildProgram();
  dropSwitchesTurnedOff(program);
  const json = wantsJson(argv);
  if (json) for (const command of everyCommand(program)) command.configureOutput({ writeErr: () => undefined });
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    if (json && process.exitCode !== exitCodes.done) await printUsageError(error);
  }
}

async function printUsageError(error: CommanderError): Promise<void> {
  const { printUsageDocument } = await import('./terminal/usage-document.ts');
  printUsageDocument(error.code === 'commander.help' ? 'No command was given.' : error.message.replace(/^error: /, ''));
}

/** A switch whose variable says no is as good as unset; for commander any value, even `0`, would turn it on. */
function dropSwitchesTurnedOff(program: Command): void {
  for (const { options } of everyCommand(program)) {
    for (const { envVar, required, optional } of options) {
      if (envVar === undefined || required || optional) continue;
      if (/^(?:0|false|no|off|)$/i.test(process.env[envVar] ?? 'unset')) delete process.env[envVar];
    }
  }
}

/** Before parsing, since the parsing itself may be what fails. */
function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return (end === -1 ? argv : argv.slice(0, end)).includes('--json') || process.env['OPENCX_SF_JSON'] !== undefined;
}

function* everyCommand(command: Command): Generator<Command> {
  yield command;
  for (const child of command.commands) yield* everyCommand(child);
}

/** The variables follow one rule, told once below the list; repeating them on every line would bury the words. */
function describeOption(option: Option): string {
  const facts = [
    ...(option.argChoices === undefined ? [] : [option.argChoices.join(', ')]),
    ...(typeof option.defaultValue === 'string' ? [`default: ${option.defaultValue}`] : []),
  ];
  return facts.length === 0 ? option.description : `${option.description} (${facts.join('; ')})`;
}

const exitCodeHelp = `
Exit codes:
  0 done (also: nothing to do)   1 the operation failed    2 usage, validation, missing input
  4 not logged in or not allowed   68 partly succeeded       69 still running in the org
  130 interrupted

Every flag has a variable: --reply-to is OPENCX_SF_REPLY_TO. --target-org also takes SF_TARGET_ORG.`;
