import { Option, type Command } from 'commander';

/** Flags that every command has, with one meaning everywhere. */
export interface CommonFlags {
  json?: boolean;
  quiet?: boolean;
  debug?: boolean;
  color: boolean;
  input: boolean;
  cwd?: string;
  config?: string;
}

/** An option with its `OPENCX_SF_…` variable, named after the flag. */
export function option(flags: string, description: string): Option {
  const long = /--([a-z0-9-]+)/.exec(flags)?.[1] ?? '';
  return new Option(flags, description).env(`OPENCX_SF_${long.replaceAll('-', '_').toUpperCase()}`);
}

export function addCommonOptions(command: Command): Command {
  return command
    .optionsGroup('Common options:')
    .addOption(option('--json', 'print exactly one JSON document on stdout'))
    .addOption(option('-q, --quiet', 'print the result and errors only'))
    .addOption(option('--debug', 'print the stack and cause of an error'))
    .addOption(option('--no-color', 'print without colour (NO_COLOR works too)'))
    .addOption(option('--no-input', 'never ask; missing values are an error'))
    .addOption(option('-C, --cwd <folder>', 'run as if started in this folder'))
    .addOption(option('--config <file>', 'configuration file (default: opencx-sf.config.json)'));
}

/** Collects a repeatable flag. */
export function collect(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value];
}
