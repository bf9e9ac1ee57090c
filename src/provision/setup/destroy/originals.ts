import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { readMarker } from '../../../blueprint/marker.ts';
import { isMissingFile } from '../../../missing-file.ts';

/** What stood in a component's place before this product came, from the snapshots. */
export interface Original {
  /** e.g. `ApexTrigger`. */
  type: string;
  fullName: string;
  /** Files of an mdapi package, for Apex. */
  files: readonly { path: string; content: string }[];
  /** Metadata as the org gave it, for all else. */
  values?: Record<string, unknown>;
}

/**
 * The latest copy of each component that this product did not write, from the snapshots that deployments have kept of what
 * they replaced.
 * @param stateFolder e.g. `.opencx-sf`
 */
export async function readOriginals(stateFolder: string, organizationId: string): Promise<Original[]> {
  const found = new Map<string, Original>();
  // The names end with the moment in ISO form, so their order is that of time.
  for (const folder of await snapshotFolders(stateFolder, organizationId)) {
    for (const original of (await readSnapshot(folder)).filter(isForeign)) {
      found.set(`${original.type} ${original.fullName}`, original);
    }
  }
  const foreign = [...found.values()];
  // The platform makes the policies of an app along with it: without a foreign app there were none before.
  const hadApp = foreign.some(({ type }) => type === 'ExternalClientApplication');
  return hadApp ? foreign : foreign.filter(({ type }) => !type.startsWith('ExtlClntApp'));
}

async function snapshotFolders(stateFolder: string, organizationId: string): Promise<string[]> {
  const root = join(stateFolder, 'snapshots');
  try {
    const names = await readdir(root);
    return names
      .filter((name) => name.startsWith(`${organizationId}-`))
      .sort()
      .map((name) => join(root, name));
  } catch (error) {
    if (isMissingFile(error)) return [];
    throw error;
  }
}

async function readSnapshot(folder: string): Promise<Original[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  const originals: Original[] = [];
  for (const path of paths) {
    const [, type, name] = /^(classes|triggers)\/(\w+)\.(?:cls|trigger)$/.exec(path) ?? [];
    if (type !== undefined && name !== undefined) {
      const files = await Promise.all(
        [path, `${path}-meta.xml`].map(async (one) => ({
          path: one,
          content: await readFile(join(folder, one), 'utf8'),
        })),
      );
      originals.push({ type: type === 'classes' ? 'ApexClass' : 'ApexTrigger', fullName: name, files });
      continue;
    }
    const [, metadataType, fullName] = /^metadata\/(\w+)\.(.+)\.json$/.exec(path) ?? [];
    if (metadataType === undefined || fullName === undefined) continue;
    const values = JSON.parse(await readFile(join(folder, path), 'utf8')) as Record<string, unknown>;
    originals.push({ type: metadataType, fullName, files: [], values });
  }
  return originals;
}

/** A copy that carries our marker is one of our own earlier versions. */
function isForeign({ files, values }: Original): boolean {
  const text = values === undefined ? (files[0]?.content ?? '') : JSON.stringify(values);
  return readMarker(text) === undefined;
}
