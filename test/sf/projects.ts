import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { cli, inputs } from '../e2e/cli.ts';
import type { SalesforceCli } from './sf.ts';

/** What `opencx-sf generate` writes, in a folder of the story. */
export async function generated(sf: SalesforceCli, format: 'source' | 'mdapi'): Promise<string> {
  const folder = join(sf.folder, format);
  const run = await cli(['generate', '--output-dir', folder, '--format', format, ...inputs], { cwd: sf.folder });
  if (run.exitCode !== 0) throw new Error(`generate ended with ${run.exitCode}: ${run.stderr}`);
  return folder;
}

/** A source project of one class, which compiles or does not. */
export async function oneClassProject(sf: SalesforceCli, name: string, body: string): Promise<string> {
  const project = join(sf.folder, name);
  const classes = join(project, 'force-app', 'main', 'default', 'classes');
  await mkdir(classes, { recursive: true });
  await writeFile(
    join(project, 'sfdx-project.json'),
    JSON.stringify({ packageDirectories: [{ path: 'force-app', default: true }], sourceApiVersion: '66.0' }),
  );
  await writeFile(join(classes, `${name}.cls`), body);
  await writeFile(
    join(classes, `${name}.cls-meta.xml`),
    '<?xml version="1.0" encoding="UTF-8"?>\n<ApexClass xmlns="http://soap.sforce.com/2006/04/metadata">\n' +
      '    <apiVersion>66.0</apiVersion>\n    <status>Active</status>\n</ApexClass>\n',
  );
  return project;
}
