import type { ApexUnit } from './compilation.ts';

const words = new WeakMap<ApexUnit, ReadonlySet<string>>();

function wordsOf(unit: ApexUnit): ReadonlySet<string> {
  const known = words.get(unit);
  if (known !== undefined) return known;
  const found = new Set(unit.source.toLowerCase().match(/[a-z]\w*/g) ?? []);
  words.set(unit, found);
  return found;
}

/**
 * Existing units that name one of the changed ones, or name such a unit in turn: a method may be reached through the
 * types of others without its class being named.
 */
export function dependentsOf(changed: readonly ApexUnit[], existing: readonly ApexUnit[]): ReadonlySet<ApexUnit> {
  const found = new Set<ApexUnit>();
  let names = changed.map((unit) => unit.name.toLowerCase());
  while (names.length > 0) {
    const fresh = existing.filter((unit) => !found.has(unit) && names.some((name) => wordsOf(unit).has(name)));
    for (const unit of fresh) found.add(unit);
    names = fresh.filter((unit) => unit.kind === 'class').map((unit) => unit.name.toLowerCase());
  }
  return found;
}
