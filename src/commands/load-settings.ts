import { loadConfig, type LoadedConfig, type Override } from '../config/load-config.ts';
import type { CommandContext } from './command-context.ts';

/** A flag that overrides a property of the configuration. */
export interface FlagMapping {
  /** Name on the flags object, e.g. `replyTo`. */
  flag: string;
  /** Property it sets, e.g. `['blueprint', 'replyTo']`. */
  path: readonly string[];
  /** Its value as the configuration wants it, e.g. a number. */
  read?: (value: string) => unknown;
}

/**
 * Loads the configuration with a command's flags and variables on top; knows which of them a value came from.
 * @param answers what a wizard was told; over the files, under flags and variables
 */
export async function loadSettings(
  context: CommandContext,
  flags: { config?: string },
  mappings: readonly FlagMapping[],
  answers: readonly Override[] = [],
): Promise<LoadedConfig> {
  const given = flags as Record<string, unknown>;
  const overrides: Override[] = mappings.flatMap(({ flag, path, read }) => {
    const value = given[flag];
    if (value === undefined) return [];
    const kebab = flag.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const origin =
      context.sourceOf(flag) === 'env' ? `OPENCX_SF_${kebab.replaceAll('-', '_').toUpperCase()}` : `--${kebab}`;
    return [{ path, value: typeof value === 'string' && read !== undefined ? read(value) : value, origin }];
  });
  return await loadConfig({
    cwd: context.cwd,
    env: context.env,
    overrides: [...answers, ...overrides],
    ...(flags.config === undefined ? {} : { file: flags.config }),
  });
}
