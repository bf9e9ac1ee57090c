import { join } from 'node:path';
import { ComponentSet } from '@salesforce/source-deploy-retrieve';
import { describe, expect, test } from 'vitest';
import { renderBlueprint } from '../../src/blueprint/blueprint.ts';
import { mdapiLayout, sourceLayout } from '../../src/blueprint/layouts.ts';
import { componentNames, convertedBack, resolvedPackage, resolvedSource, writeLayout } from './salesforce-library.ts';
import { testSettings, variants } from './variants.ts';

describe('the layouts', () => {
  test('are understood by Salesforce’s own library: every component, none unknown', { timeout: 120_000 }, async () => {
    for (const [variant, settings] of variants('singles')) {
      const blueprint = await renderBlueprint(settings);
      const source = await writeLayout(sourceLayout(blueprint));
      expect(resolvedSource(join(source, 'force-app')), variant).toEqual(componentNames(blueprint));
      expect(await convertedBack(source), variant).toEqual(componentNames(blueprint));
      const mdapi = await writeLayout(mdapiLayout(blueprint));
      expect(await resolvedPackage(mdapi), variant).toEqual(componentNames(blueprint));
    }
  });

  test('have a manifest that names each component', async () => {
    const blueprint = await renderBlueprint(testSettings());
    const folder = await writeLayout(mdapiLayout(blueprint));
    const manifest = await ComponentSet.fromManifest({ manifestPath: join(folder, 'package.xml') });
    const { types, version } = (await manifest.getObject()).Package;
    expect(types.flatMap(({ name, members }) => members.map((member) => `${name} ${member}`)).sort()).toEqual(
      componentNames(blueprint),
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
    const folder = await writeLayout(mdapiLayout(merged));
    expect(await resolvedPackage(folder)).toEqual(['CustomField Case.Case_From__c', 'CustomField Case.Second__c']);
  });
});
