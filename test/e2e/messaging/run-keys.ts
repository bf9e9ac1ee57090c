import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect } from 'vitest';

import { envelopeSchema } from '../../../src/commands/envelope-schema.ts';
import {
  keysCheckResultSchema,
  keysGenerateResultSchema,
  keysRotateResultSchema,
  keysShowResultSchema,
} from '../../../src/commands/messaging/keys/result-schema.ts';
import { cli, type CliOptions, type CliRun } from '../cli.ts';

const documents = {
  generate: envelopeSchema(keysGenerateResultSchema),
  show: envelopeSchema(keysShowResultSchema),
  check: envelopeSchema(keysCheckResultSchema),
  rotate: envelopeSchema(keysRotateResultSchema),
};
type Verb = keyof typeof documents;

/** `messaging keys <verb>` by the real binary. */
export async function keys(verb: Verb, args: readonly string[], options: CliOptions): Promise<CliRun> {
  return await cli(['messaging', 'keys', verb, ...args], options);
}

/** The same with --json: one document of the published shape. */
export async function keysJson(verb: Verb, args: readonly string[], options: CliOptions) {
  const run = await keys(verb, [...args, '--json'], options);
  expect(documents[verb].safeParse(run.json()).error?.issues ?? [], run.stdout).toEqual([]);
  return { exitCode: run.exitCode, ...run.json() };
}

/** Where keys are unless somebody says otherwise. */
export const usual = join('.opencx-sf', 'messaging-keys');

/** Every file below a folder, with its content. */
export async function filesIn(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(await Promise.all(paths.map(async (path) => [path, await readFile(path, 'latin1')] as const)));
}
