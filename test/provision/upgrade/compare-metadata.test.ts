import { describe, expect, test } from 'vitest';

import { planDeploy, wantedValues } from '../../../src/provision/plan/plan.ts';
import { compareMetadata } from '../../../src/provision/upgrade/compare-metadata.ts';
import type { UpgradeItem } from '../../../src/provision/upgrade/upgrade-item.ts';
import { todaysBlueprint } from './old-templates.ts';

const today = await todaysBlueprint();
const component = today.components.find((one) => one.type === 'NamedCredential');
if (component === undefined) throw new Error('no Named Credential');
const wanted = wantedValues(component);
const description = String(wanted['description']);

function compared(values: Record<string, unknown> | undefined, unread = false): UpgradeItem {
  const { type, fullName } = component ?? { type: '', fullName: '' };
  const metadata = values === undefined ? [] : [{ type, fullName, id: '0XA000000000001AAA', values }];
  const components = {
    apex: [],
    metadata,
    unread: new Set(unread ? [`${type} ${fullName}`] : []),
  };
  const narrowed = { ...today, components: today.components.filter((one) => one === component) };
  const [item] = planDeploy(narrowed, components).items;
  if (item === undefined) throw new Error('no item');
  return compareMetadata(item, metadata[0]);
}

const anotherHash = description.replace(/sha256=\w+/, `sha256=${'0'.repeat(64)}`);

describe('a component that is not Apex', () => {
  test.each([
    ['as rendered', wanted, 'current', []],
    ['rendered with another URL, which was then set by hand', { ...wanted, description: anotherHash }, 'current', []],
    ['not there', undefined, 'missing', []],
    ['without a marker', { ...wanted, description: 'by hand' }, 'foreign', ['description']],
    ['without a description', { ...wanted, description: null }, 'foreign', ['description']],
    ['of a description that the API does not tell', { ...wanted, description: undefined }, 'current', []],
    [
      'of an older version',
      { ...wanted, description: description.replace('version=1', 'version=0') },
      'upgrade',
      ['description'],
    ],
    [
      'of a newer version',
      { ...wanted, description: description.replace('version=1', 'version=2') },
      'newer',
      ['description'],
    ],
    ['changed in the org', { ...wanted, label: 'Ours' }, 'edited', ['label']],
    ['rendered from other settings', { ...wanted, description: anotherHash, label: 'Ours' }, 'upgrade', ['label']],
  ] satisfies [string, Record<string, unknown> | undefined, UpgradeItem['status'], string[]][])(
    '%s is %s',
    (_what, values, status, differences) => {
      expect(compared(values)).toMatchObject({ status, differences });
    },
  );

  test('that this session cannot read is left alone', () => {
    expect(compared(undefined, true).status).toBe('unread');
  });
});
