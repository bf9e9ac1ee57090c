import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { MetadataConverter, MetadataResolver, RegistryAccess } from '@salesforce/source-deploy-retrieve';
import { onTestFinished } from 'vitest';
import type { Blueprint } from '../../src/blueprint/blueprint.ts';
import type { Layout } from '../../src/blueprint/layouts.ts';

/** Writes a layout into a folder of this test. */
export async function writeLayout(layout: Layout): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'opencx-sf-layout-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [path, content] of layout) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}

export function componentNames(blueprint: Blueprint): string[] {
  return blueprint.components.map(({ type, fullName }) => `${type} ${fullName}`).sort();
}

/** What Salesforce's own library finds in a DX project; fields are children of their object, and a part of it if that is our own. */
export function resolvedSource(folder: string): string[] {
  return new MetadataResolver(new RegistryAccess())
    .getComponentsFromPath(folder)
    .flatMap((component) => [component, ...component.getChildren()])
    .filter(({ type, fullName }) => type.name !== 'CustomObject' || fullName.endsWith('__c'))
    .filter(({ fullName }) => !fullName.includes('__c.'))
    .map(({ type, fullName }) => `${type.name} ${fullName}`)
    .sort();
}

/** What it finds in a package: it looks into an object's file only when it converts the package to a project. */
export async function resolvedPackage(folder: string): Promise<string[]> {
  const components = new MetadataResolver(new RegistryAccess()).getComponentsFromPath(folder);
  const outputDirectory = join(folder, 'converted');
  const output = { type: 'directory', outputDirectory, genUniqueDir: false } as const;
  await new MetadataConverter().convert(components, 'source', output);
  return resolvedSource(outputDirectory);
}

/** What is left of a DX project on its way to an org and back: the library must find the root of every file. */
export async function convertedBack(folder: string): Promise<string[]> {
  const components = new MetadataResolver(new RegistryAccess()).getComponentsFromPath(join(folder, 'force-app'));
  const outputDirectory = join(folder, 'package');
  await new MetadataConverter().convert(components, 'metadata', {
    type: 'directory',
    outputDirectory,
    genUniqueDir: false,
  });
  return await resolvedPackage(outputDirectory);
}
