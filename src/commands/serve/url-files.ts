import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { writePrivateFile } from '../../atomic-files.ts';
import { isMissingFile } from '../../missing-file.ts';

/** Private files in which a `serve` leaves its URLs with their tokens while it runs, for whoever may read the folder. */
export interface UrlFiles {
  readonly webhookUrlFile: string;
  /** Undefined where there is no inspector. */
  readonly inspectorUrlFile: string | undefined;
}

/**
 * Writes them.
 * @param onEnd registers what takes them away; one that another `serve` of the folder has written since stays
 */
export async function leaveUrls(
  folder: string,
  { webhookUrl, inspectorUrl }: { readonly webhookUrl: string; readonly inspectorUrl: string | undefined },
  onEnd: (undo: () => Promise<void>) => void,
): Promise<UrlFiles> {
  const webhookUrlFile = join(folder, 'webhook-url');
  const inspectorUrlFile = inspectorUrl === undefined ? undefined : join(folder, 'inspector-url');
  await leave(webhookUrlFile, webhookUrl, onEnd);
  if (inspectorUrlFile !== undefined && inspectorUrl !== undefined) await leave(inspectorUrlFile, inspectorUrl, onEnd);
  return { webhookUrlFile, inspectorUrlFile };
}

async function leave(file: string, url: string, onEnd: (undo: () => Promise<void>) => void): Promise<void> {
  const text = `${url}\n`;
  await writePrivateFile(file, text);
  onEnd(() => removeIfStill(file, text));
}

/** Takes a file away unless somebody else has written it since. */
export async function removeIfStill(file: string, text: string): Promise<void> {
  try {
    if ((await readFile(file, 'utf8')) === text) await rm(file, { force: true });
  } catch (error) {
    if (!isMissingFile(error)) throw error;
  }
}
