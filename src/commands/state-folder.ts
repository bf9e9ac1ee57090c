import { join } from 'node:path';

import { writePrivateFile } from '../atomic-files.ts';

/** Where this product keeps snapshots, the journal of deployments and the local org of a project. */
export function stateFolder(cwd: string): string {
  return join(cwd, '.opencx-sf');
}

/** Makes the state folder, private and out of version control. */
export async function prepareStateFolder(cwd: string): Promise<string> {
  const folder = stateFolder(cwd);
  await writePrivateFile(join(folder, '.gitignore'), '*\n');
  return folder;
}
