import { describe, expect, test } from 'vitest';

import type { Blueprint } from '../../../src/blueprint/blueprint.ts';
import { bodyOf } from '../../../src/provision/org/component-files.ts';
import type { OrgApex } from '../../../src/provision/org/org-components.ts';
import { planDeploy } from '../../../src/provision/plan/plan.ts';
import { compareApex } from '../../../src/provision/upgrade/compare-apex.ts';
import type { UpgradeItem } from '../../../src/provision/upgrade/upgrade-item.ts';
import { componentOf, todaysBlueprint, withOldTemplates } from './old-templates.ts';

const name = 'OpenCaseTrigger';
const today = await todaysBlueprint();
const todaysBody = bodyOf(componentOf(today, name));
const old = withOldTemplates(today, { [name]: (text) => text.replace('its integration user.', 'its user.') });
const oldBody = bodyOf(componentOf(old, name));

const addLine = (text: string) => text.replace('    OpenSales', "    System.debug('ours');\n    OpenSales");
const changeComment = (text: string) => text.replace(/its (?:integration )?user\./, 'nobody.');

interface Held extends Partial<OrgApex> {
  kept?: string;
}

function compared(body: string | undefined, { kept, ...held }: Held = {}, blueprint: Blueprint = today): UpgradeItem {
  const existing: OrgApex = {
    id: '01q000000000001AAA',
    type: 'ApexTrigger',
    name,
    body: body ?? '',
    apiVersion: '66.0',
    status: 'Active',
    isValid: true,
    lastModifiedDate: '2026-01-01T00:00:00.000+0000',
    ...held,
  };
  const apex = body === undefined ? [] : [existing];
  const [item] = planDeploy(
    { ...blueprint, components: [componentOf(blueprint, name)] },
    { apex, metadata: [], unread: new Set() },
  ).items;
  if (item === undefined) throw new Error('no item');
  return compareApex(item, apex[0], kept, blueprint.apiVersion);
}

describe('a component of Apex', () => {
  test.each([
    ['as the template has it', todaysBody, {}, 'current'],
    ['the same with CR LF', todaysBody.replaceAll('\n', '\r\n'), {}, 'current'],
    ['the same without its last line end', todaysBody.trimEnd(), {}, 'current'],
    ['not there', undefined, {}, 'missing'],
    ['without a marker', 'trigger OpenCaseTrigger on Case (after insert) {}', {}, 'foreign'],
    ['of the old template', oldBody, {}, 'upgrade'],
    ['of the old template with CR LF', oldBody.replaceAll('\n', '\r\n').trimEnd(), {}, 'upgrade'],
    ['of the old template, another base here', oldBody, { kept: todaysBody }, 'upgrade'],
    ['edited', addLine(todaysBody), {}, 'edited'],
    ['edited, base known', addLine(todaysBody), { kept: todaysBody }, 'edited'],
    ['old and edited elsewhere', addLine(oldBody), { kept: oldBody }, 'merge'],
    ['old and edited elsewhere with CR LF', addLine(oldBody).replaceAll('\n', '\r\n'), { kept: oldBody }, 'merge'],
    ['old and edited in the same line', changeComment(oldBody), { kept: oldBody }, 'conflict'],
    ['old and edited, nothing kept here', addLine(oldBody), {}, 'no-base'],
    ["old and edited, another machine's past kept here", addLine(oldBody), { kept: todaysBody }, 'no-base'],
    [
      'old, the change of the template made by hand',
      oldBody.replace('its user.', 'its integration user.'),
      {},
      'upgrade',
    ],
    ['an old API version', todaysBody, { apiVersion: '60.0' }, 'upgrade'],
    ['a newer API version', todaysBody, { apiVersion: '67.0' }, 'edited'],
    ['switched off', todaysBody, { status: 'Inactive' }, 'edited'],
    ['edited under an old API version', addLine(todaysBody), { apiVersion: '60.0' }, 'merge'],
  ] satisfies [string, string | undefined, Held, UpgradeItem['status']][])('%s is %s', (_what, body, held, status) => {
    expect(compared(body, held).status).toBe(status);
  });

  test('made by a newer product is newer, edited or not', () => {
    expect(compared(todaysBody, {}, old).status).toBe('newer');
    expect(compared(addLine(todaysBody), {}, old).status).toBe('newer');
  });

  test('of an older version with the same text gets the new marker', () => {
    expect(compared(todaysBody.replace(' version=1 ', ' version=0 ')).status).toBe('upgrade');
  });

  test('tells versions, edited lines, and the merged text', () => {
    const item = compared(addLine(oldBody), { kept: oldBody });
    expect(item).toMatchObject({ fromVersion: 0, component: { marker: { version: 1 } }, settled: false });
    expect(item.texts).toMatchObject({ editedLines: 1, conflicts: [] });
    expect(item.texts?.merged?.join('\n')).toContain('its integration user.');
    expect(item.texts?.merged?.join('\n')).toContain("System.debug('ours');");
    expect(compared(addLine(todaysBody)).settled).toBe(true);
  });

  test('edits that hold the change of the template already are all there is', () => {
    const both = addLine(oldBody).replace('its user.', 'its integration user.');
    const item = compared(both, { kept: oldBody });
    expect(item.status).toBe('edited');
  });
});
