import { resolve } from 'node:path';

import { renderBlueprint } from '../../blueprint/blueprint.ts';
import { mdapiLayout, sourceLayout } from '../../blueprint/layouts.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import { exitCodes } from '../../errors/exit-codes.ts';
import {
  askForBlueprintInputs,
  blueprintFlags,
  missingBlueprintInputs,
  refuseMissing,
  type MissingInput,
} from '../blueprint-inputs.ts';
import type { CommandContext } from '../command-context.ts';
import type { CommandResult } from '../command-result.ts';
import { loadSettings } from '../load-settings.ts';
import { compareFolder, writeFolder, type OutputFile } from './output-folder.ts';
import type { GenerateFlags } from './flags.ts';
import type { GenerateResult } from './result-schema.ts';

/** `generate`: settings in, a folder of files out (or, with --check, the verdict whether it is up to date). */
export async function generateHandler(
  context: CommandContext,
  flags: GenerateFlags,
): Promise<CommandResult<GenerateResult>> {
  const { config } = await loadSettings(context, flags, blueprintFlags);
  const noFolder: MissingInput[] =
    flags.outputDir === undefined ? [{ flag: '--output-dir', env: 'OPENCX_SF_OUTPUT_DIR' }] : [];
  const missing = missingBlueprintInputs(config.blueprint);
  if (!context.terminal.mayPrompt || noFolder.length > 0) refuseMissing([...noFolder, ...missing]);
  const settings = missing.length === 0 ? config.blueprint : await askForBlueprintInputs(context, config.blueprint);
  const blueprint = await renderBlueprint(settings);
  const files = flags.format === 'mdapi' ? mdapiLayout(blueprint) : sourceLayout(blueprint);
  const folder = resolve(context.cwd, flags.outputDir ?? '.');
  const compared = await compareFolder(folder, files);
  if (flags.check === true) return checked(folder, compared);
  const written = await writeFolder(folder, compared, flags.force === true);
  const left = compared.length - written.length;
  return {
    status: 'ok',
    exitCode: exitCodes.done,
    result: resultOf(folder, compared, written),
    warnings: [],
    text: [
      ...written.map((file) => file.path),
      `${written.length} files written to ${folder}, ${left} already there.`,
    ].join('\n'),
  };
}

function checked(folder: string, files: readonly OutputFile[]): CommandResult<GenerateResult> {
  const stale = files.filter((file) => file.state !== 'same' && file.state !== 'theirs');
  const result = resultOf(folder, files, []);
  if (stale.length === 0) {
    return {
      status: 'ok',
      exitCode: exitCodes.done,
      result,
      warnings: [],
      text: `${folder} is up to date: ${files.length} files.`,
    };
  }
  const error = new OpencxError('OUT_OF_DATE', {
    message: `${folder} differs from what would be written: ${stale.map((file) => `${file.path} (${file.state})`).join(', ')}.`,
    nextSteps: ['Run the same command without --check.'],
  });
  return { status: 'error', exitCode: error.exitCode, result, warnings: [], text: '', error };
}

function resultOf(folder: string, files: readonly OutputFile[], written: readonly OutputFile[]): GenerateResult {
  return {
    folder,
    files: files.map(({ path, state }) => ({ path, state })),
    written: written.map((file) => file.path),
  };
}
