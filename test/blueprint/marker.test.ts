import { describe, expect, test } from 'vitest';
import { renderBlueprint } from '../../src/blueprint/blueprint.ts';
import { mdapiLayout, sourceLayout } from '../../src/blueprint/layouts.ts';
import { isUntouched, readMarker } from '../../src/blueprint/marker.ts';
import { singleOptions, testSettings } from './variants.ts';

describe('the marker', () => {
  test('stands in every generated file but JSON, which has no comments', async () => {
    const blueprint = await renderBlueprint(testSettings(singleOptions['external-credential']));
    for (const [path, content] of [...mdapiLayout(blueprint), ...sourceLayout(blueprint)]) {
      if (path.endsWith('.json')) continue;
      expect(readMarker(content), path).toMatchObject({ template: expect.any(String), version: 1 });
      expect(isUntouched(content), path).toBe(true);
    }
  });

  test('is what the component says of itself', async () => {
    const { components } = await renderBlueprint(testSettings());
    for (const { files, marker, role } of components) {
      expect(readMarker(files[0]?.content ?? '')).toEqual(marker);
      expect(marker.template).toBe(role);
    }
  });

  test('tells a file that somebody changed', async () => {
    const { components } = await renderBlueprint(testSettings());
    const trigger = components.find(({ role }) => role === 'outbound-sender')?.files[0]?.content ?? '';
    expect(isUntouched(trigger)).toBe(true);
    expect(isUntouched(trigger.replaceAll('\n', '\r\n'))).toBe(true);
    expect(isUntouched(trigger.replace('support@', 'sales@'))).toBe(false);
  });

  test('survives in the description when Salesforce drops the comments of metadata', async () => {
    const { components } = await renderBlueprint(testSettings(singleOptions['external-credential']));
    for (const { type, files, marker } of components.filter(({ type }) => !type.startsWith('Apex'))) {
      const description = /<description>(.*)<\/description>/.exec(files[0]?.content ?? '')?.[1] ?? '';
      expect(readMarker(description), type).toEqual(marker);
      expect(description.length, 'Salesforce stores 255 characters').toBeLessThanOrEqual(255);
    }
  });

  test('changes with the settings that a file shows, and with no other', async () => {
    const hashes = async (...inputs: Parameters<typeof testSettings>) =>
      Object.fromEntries(
        (await renderBlueprint(testSettings(...inputs))).components.map(({ role, marker }) => [role, marker.hash]),
      );
    const before = await hashes();
    const after = await hashes({ replyTo: 'other@example.com' });
    const changed = Object.keys(before).filter((role) => before[role] !== after[role]);
    expect(changed).toEqual(['test-class', 'outbound-sender']);
  });

  test('is not found in what others wrote', () => {
    expect(readMarker('trigger CaseTrigger on Case (after insert) {}')).toBeUndefined();
    expect(isUntouched('// opencx-sf template=case-trigger')).toBe(false);
  });
});
