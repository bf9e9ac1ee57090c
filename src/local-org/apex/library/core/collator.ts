import { platformType } from '../../platform/platform.ts';
import { PlatformObject } from '../../values/platform-object.ts';
import type { Value } from '../../values/value.ts';
import type { NativeClass } from '../native.ts';

const byLanguage = new Intl.Collator('en-US', { caseFirst: 'lower' });

/** Texts as a reader of English would sort them; null comes first. */
export function collate(left: Value, right: Value): number {
  if (typeof left === 'string' && typeof right === 'string') return byLanguage.compare(left, right);
  return Number(left !== null) - Number(right !== null);
}

/** Salesforce sorts by the locale of the running user; every user of the local org has English for one. */
export const collatorClass: NativeClass = {
  name: 'System.Collator',
  statics: { getinstance: () => new PlatformObject(platformType('System.Collator')) },
  methods: { compare: (_run, _self, [left = null, right = null]) => collate(left, right) },
};
