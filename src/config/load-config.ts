import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

import { OpencxError } from '../errors/opencx-error.ts';
import { configSchema, type Config } from './config-schema.ts';
import { problemsOf } from './config-problems.ts';
import { isMissingFile } from '../missing-file.ts';

/** A value that overrides the files, and where it came from: `--reply-to`, `OPENCX_SF_REPLY_TO`. */
export interface Override {
  /** Path in the configuration, e.g. `['blueprint', 'replyTo']`. */
  path: readonly string[];
  value: unknown;
  origin: string;
}

export interface LoadedConfig {
  config: Config;
  /** Dotted path to where its value came from; paths not in here are defaults. */
  origins: ReadonlyMap<string, string>;
}

export interface LoadOptions {
  cwd: string;
  /** `--config`; that file must exist, unlike the default one. */
  file?: string;
  env: NodeJS.ProcessEnv;
  overrides: readonly Override[];
}

export const projectFileName = 'opencx-sf.config.json';

/**
 * Puts the configuration together: flag and environment over project file over user file over default.
 * @throws OpencxError CONFIG_INVALID naming every problem, its path and the place the value came from
 */
export async function loadConfig(options: LoadOptions): Promise<LoadedConfig> {
  const origins = new Map<string, string>();
  const merged = emptyObject();
  const userFile = join(options.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'opencx-sf', 'config.json');
  const projectFile = resolve(options.cwd, options.file ?? projectFileName);
  merge(merged, await readJson(userFile, false), userFile, origins);
  merge(merged, await readJson(projectFile, options.file !== undefined), projectFile, origins);
  for (const { path, value, origin } of options.overrides) {
    if (value !== undefined) put(merged, path, value, origin, origins);
  }
  const parsed = configSchema.safeParse(merged);
  if (parsed.success) return { config: parsed.data, origins };
  throw new OpencxError('CONFIG_INVALID', {
    message: `The configuration does not fit: ${problemsOf(parsed.error, origins).join('; ')}.`,
    nextSteps: ['schemas/config.schema.json describes every property; an editor checks it through "$schema".'],
  });
}

async function readJson(path: string, required: boolean): Promise<Record<string, unknown>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (!required && isMissingFile(error)) return {};
    throw unreadable(path, error);
  }
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (error) {
    throw unreadable(path, error);
  }
  throw unreadable(path, new Error('it holds no JSON object'));
}

function unreadable(path: string, cause: unknown): OpencxError {
  return new OpencxError('CONFIG_INVALID', {
    message: `The configuration file ${path} cannot be used: ${cause instanceof Error ? cause.message : String(cause)}`,
    cause,
  });
}

function merge(
  target: Record<string, unknown>,
  source: Record<string, unknown>,
  origin: string,
  origins: Map<string, string>,
  path: readonly string[] = [],
): void {
  for (const [key, value] of Object.entries(source)) {
    const here = [...path, key];
    if (isObject(value)) {
      const inner = isObject(target[key]) ? target[key] : emptyObject();
      target[key] = inner;
      merge(inner, value, origin, origins, here);
    } else {
      target[key] = value;
    }
    origins.set(here.join('.'), origin);
  }
}

function put(
  target: Record<string, unknown>,
  path: readonly string[],
  value: unknown,
  origin: string,
  origins: Map<string, string>,
): void {
  const [key, ...rest] = path;
  if (key === undefined) return;
  const nested = rest.reduceRight<unknown>((inner, name) => ({ [name]: inner }), value);
  merge(target, { [key]: nested }, origin, origins);
}

/** Without a prototype, so that a property called `__proto__` is one like any other, and refused as unknown. */
function emptyObject(): Record<string, unknown> {
  return Object.create(null) as Record<string, unknown>;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
