import { describe, expect, test } from 'vitest';

import { renderBlueprint } from '../../../src/blueprint/blueprint.ts';
import { isUntouched, readMarker } from '../../../src/blueprint/marker.ts';
import { bodyOf } from '../../../src/provision/org/component-files.ts';
import { isApex } from '../../../src/provision/org/org-components.ts';
import { codeHash, codeLines, underMarkerOf } from '../../../src/provision/upgrade/code-lines.ts';
import { singleOptions, testSettings } from '../../blueprint/variants.ts';
import { componentOf, todaysBlueprint } from './old-templates.ts';

describe('the lines of Apex', () => {
  test.each(['defaults', ...(Object.keys(singleOptions) as (keyof typeof singleOptions)[])] as const)(
    'hash to what the marker of every rendered component says: %s',
    async (name) => {
      const settings = name === 'defaults' ? testSettings() : testSettings(singleOptions[name]);
      const blueprint = await renderBlueprint(settings);
      for (const component of blueprint.components.filter(isApex)) {
        expect(codeHash(codeLines(bodyOf(component))), component.fullName).toBe(component.marker.hash);
      }
    },
  );

  test.each([
    ['CR LF', (text: string) => text.replaceAll('\n', '\r\n')],
    ['no last line end', (text: string) => text.trimEnd()],
    ['more line ends', (text: string) => `${text}\n\n`],
  ])('are the same whatever the org did to line ends: %s', async (_what, change) => {
    const body = bodyOf(componentOf(await todaysBlueprint(), 'OpenCaseTrigger'));
    expect(codeLines(change(body))).toEqual(codeLines(body));
  });

  test('are put under the marker of the version they now belong to, and count as edited', async () => {
    const component = componentOf(await todaysBlueprint(), 'OpenCaseTrigger');
    const lines = codeLines(bodyOf(component));
    expect(underMarkerOf(component, lines)).toBe(bodyOf(component));
    const edited = underMarkerOf(component, lines.with(0, '/** ours'));
    expect(readMarker(edited)).toEqual(component.marker);
    expect(isUntouched(edited)).toBe(false);
  });

  test('a marker inside a text is none', () => {
    const line = `String s = '// opencx-sf template=x version=1 sha256=${'0'.repeat(64)}';`;
    expect(codeLines(line)).toEqual([line]);
  });
});
