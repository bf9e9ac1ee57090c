import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ComponentSet, MetadataConverter, MetadataResolver, RegistryAccess } from '@salesforce/source-deploy-retrieve';
import { afterEach, describe, expect, test } from 'vitest';
import { renderBlueprint, type Blueprint } from '../../src/blueprint/blueprint.ts';
import { mdapiLayout, sourceLayout, type Layout } from '../../src/blueprint/layouts.ts';
import { testSettings, variants } from './variants.ts';

const folders: string[] = [];

afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
});

async function write(layout: Layout): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'opencx-sf-layout-'));
  folders.push(folder);
  for (const [path, content] of layout) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}

function names(blueprint: Blueprint): string[] {
  return blueprint.components.map(({ type, fullName }) => `${type} ${fullName}`).sort();
}

/** What Salesforce's own library finds in a DX project; fields are children of their object. */
function resolvedSource(folder: string): string[] {
  return new MetadataResolver(new RegistryAccess())
    .getComponentsFromPath(folder)
    .flatMap((component) => [component, ...component.getChildren()])
    .filter(({ type }) => type.name !== 'CustomObject')
    .map(({ type, fullName }) => `${type.name} ${fullName}`)
    .sort();
}

/** What it finds in a package: it looks into an object's file only when it converts the package to a project. */
async function resolvedPackage(folder: string): Promise<string[]> {
  const components = new MetadataResolver(new RegistryAccess()).getComponentsFromPath(folder);
  const outputDirectory = join(folder, 'converted');
  const output = { type: 'directory', outputDirectory, genUniqueDir: false } as const;
  await new MetadataConverter().convert(components, 'source', output);
  return resolvedSource(outputDirectory);
}

/** What is left of a DX project on its way to an org and back: the library must find the root of every file. */
async function convertedBack(folder: string): Promise<string[]> {
  const components = new MetadataResolver(new RegistryAccess()).getComponentsFromPath(join(folder, 'force-app'));
  const outputDirectory = join(folder, 'package');
  await new MetadataConverter().convert(components, 'metadata', {
    type: 'directory',
    outputDirectory,
    genUniqueDir: false,
  });
  return await resolvedPackage(outputDirectory);
}

describe('the layouts', () => {
  test('are understood by Salesforce’s own library: every component, none unknown', { timeout: 120_000 }, async () => {
    for (const [variant, settings] of variants('singles')) {
      const blueprint = await renderBlueprint(settings);
      const source = await write(sourceLayout(blueprint));
      expect(resolvedSource(join(source, 'force-app')), variant).toEqual(names(blueprint));
      expect(await convertedBack(source), variant).toEqual(names(blueprint));
      const mdapi = await write(mdapiLayout(blueprint));
      expect(await resolvedPackage(mdapi), variant).toEqual(names(blueprint));
    }
  });

  test('have a manifest that names each component', async () => {
    const blueprint = await renderBlueprint(testSettings());
    const folder = await write(mdapiLayout(blueprint));
    const manifest = await ComponentSet.fromManifest({ manifestPath: join(folder, 'package.xml') });
    const { types, version } = (await manifest.getObject()).Package;
    expect(types.flatMap(({ name, members }) => members.map((member) => `${name} ${member}`)).sort()).toEqual(
      names(blueprint),
    );
    expect(version).toBe('66.0');
  });

  test('put package.xml first', async () => {
    expect([...mdapiLayout(await renderBlueprint(testSettings())).keys()][0]).toBe('package.xml');
  });

  test('put fields of one object into one file', async () => {
    const blueprint = await renderBlueprint(testSettings());
    const [field] = blueprint.components;
    if (field === undefined) throw new Error('the blueprint is empty');
    const second = {
      ...field,
      fullName: 'Case.Second__c',
      files: field.files.map((file) => ({ ...file, content: file.content.replaceAll('Case_From__c', 'Second__c') })),
    };
    const merged = { ...blueprint, components: [field, second] };
    const folder = await write(mdapiLayout(merged));
    expect(await resolvedPackage(folder)).toEqual(['CustomField Case.Case_From__c', 'CustomField Case.Second__c']);
  });
});
