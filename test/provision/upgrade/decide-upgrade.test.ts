import { describe, expect, test } from 'vitest';

import {
  decideUpgrade,
  type UpgradeAction,
  type UpgradeWishes,
} from '../../../src/provision/upgrade/decide-upgrade.ts';
import type { UpgradeItem, UpgradeStatus } from '../../../src/provision/upgrade/upgrade-item.ts';
import { componentOf, todaysBlueprint } from './old-templates.ts';

const today = await todaysBlueprint();
const nothing: UpgradeWishes = { takeNew: [], keep: [] };

function item(status: UpgradeStatus, fullName = 'OpenCaseTrigger'): UpgradeItem {
  const texts = { org: [], template: [], conflicts: [] };
  return { component: componentOf(today, fullName), status, differences: [], settled: false, texts };
}

function decided(status: UpgradeStatus, wishes: Partial<UpgradeWishes>): UpgradeAction | undefined {
  return decideUpgrade([item(status)], { ...nothing, ...wishes })[0]?.action;
}

describe('what is done with a component', () => {
  const takeNew = ['opencasetrigger'];
  const keep = ['ApexTrigger:OpenCaseTrigger'];
  test.each([
    // status, by itself, --take-new, --keep, --take new, --take org
    ['current', 'leave', 'leave', 'leave', 'leave', 'leave'],
    ['upgrade', 'update', 'replace', 'settle', 'update', 'update'],
    ['edited', 'leave', 'replace', 'leave', 'leave', 'leave'],
    ['merge', 'merge', 'replace', 'settle', 'merge', 'merge'],
    ['conflict', 'undecided', 'replace', 'settle', 'replace', 'settle'],
    ['no-base', 'undecided', 'replace', 'settle', 'replace', 'settle'],
    ['missing', 'leave', 'replace', 'leave', 'leave', 'leave'],
    ['foreign', 'leave', 'replace', 'leave', 'leave', 'leave'],
    ['newer', 'leave', 'replace', 'leave', 'leave', 'leave'],
    ['unread', 'leave', 'replace', 'leave', 'leave', 'leave'],
  ] satisfies [UpgradeStatus, ...UpgradeAction[]][])('%s', (status, ...actions) => {
    const wishes: Partial<UpgradeWishes>[] = [{}, { takeNew }, { keep }, { take: 'new' }, { take: 'org' }];
    expect(wishes.map((wish) => decided(status, wish))).toEqual(actions);
  });

  test('a field that is not there is made, as newer templates name it, unless it is to stay away', () => {
    const missing = item('missing', 'Case.OpenCX_Session_Id__c');
    const [made] = decideUpgrade([missing], nothing);
    const [kept] = decideUpgrade([missing], { ...nothing, keep: ['case.opencx_session_id__c'] });
    expect([made?.action, kept?.action]).toEqual(['replace', 'leave']);
  });

  test('a name decides before --take does', () => {
    expect(decided('conflict', { take: 'new', keep })).toBe('settle');
    expect(decided('conflict', { take: 'org', takeNew })).toBe('replace');
  });

  test('metadata has no text to settle: kept means left', () => {
    const { texts: _, ...metadata } = item('upgrade', 'Case.Case_From__c');
    const [decision] = decideUpgrade([metadata], { ...nothing, keep: ['Case.Case_From__c'] });
    expect(decision?.action).toBe('leave');
  });

  test('names that name nothing, or both ways, are refused', () => {
    expect(() => decided('upgrade', { keep: ['Nope'] })).toThrow('these are none: Nope');
    expect(() => decided('upgrade', { keep, takeNew })).toThrow('cannot both name OpenCaseTrigger');
  });
});
