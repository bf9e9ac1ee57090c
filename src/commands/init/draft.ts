import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { writePrivateFile } from '../../atomic-files.ts';
import { isMissingFile } from '../../missing-file.ts';
import type { Answers } from './answers.ts';

/** Answers of a wizard that was left, for the next one to go on with; private, since the webhook URL is among them. */
function fileOf(stateFolder: string): string {
  return join(stateFolder, 'init.json');
}

/** What was answered before; nothing if no wizard was left, or its file is damaged: then everything is asked again. */
export async function readDraft(stateFolder: string): Promise<Partial<Answers>> {
  try {
    const draft: unknown = JSON.parse(await readFile(fileOf(stateFolder), 'utf8'));
    return typeof draft === 'object' && draft !== null && !Array.isArray(draft) ? draft : {};
  } catch (error) {
    if (isMissingFile(error) || error instanceof SyntaxError) return {};
    throw error;
  }
}

export async function writeDraft(stateFolder: string, answers: Partial<Answers>): Promise<void> {
  await writePrivateFile(fileOf(stateFolder), `${JSON.stringify(answers, null, 2)}\n`);
}

export async function removeDraft(stateFolder: string): Promise<void> {
  await rm(fileOf(stateFolder), { force: true });
}
