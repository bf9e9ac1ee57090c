import { chmod, link, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Owner alone may read: the files carry webhook URLs, which are capabilities. */
const privateFile = 0o600;
const privateFolder = 0o700;

/**
 * Writes a new folder of files all at once: into a neighbour first, then by one rename, so that it is there whole or not at all.
 * @param folder must not exist yet
 * @param files path inside the folder to text
 */
export async function writeNewFolder(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  await mkdir(dirname(folder), { recursive: true, mode: privateFolder });
  const draft = await mkdtemp(`${folder}.`);
  try {
    for (const [path, content] of files) {
      const target = join(draft, path);
      await mkdir(dirname(target), { recursive: true, mode: privateFolder });
      await writeFile(target, content, { mode: privateFile });
    }
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

/** Writes or replaces one private file atomically. @param content in pieces, where it may be long */
export async function writePrivateFile(path: string, content: string | AsyncIterable<string>): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: privateFolder });
  const draft = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(draft, content, { mode: privateFile });
    await chmod(draft, privateFile);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** Writes one private file atomically unless it is there. @returns false if it is: then it stays as it is */
export async function writeNewPrivateFile(path: string, content: string): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true, mode: privateFolder });
  const folder = await mkdtemp(`${path}.`);
  const draft = join(folder, 'draft');
  try {
    await writeFile(draft, content, { mode: privateFile });
    await link(draft, path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes or replaces one file atomically, readable as the user's umask says. */
export async function writePublicFile(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.tmp`;
  await writeFile(draft, content);
  await rename(draft, path);
}
