import { deserialize, serialize } from 'node:v8';

import type { OrgState } from '../../state/org-state.ts';
import type { ApexUnit } from '../compilation.ts';
import { keepParsed, parsedApex, parseKey } from './parse-apex.ts';
import type { ParseResult } from './parse-apex.ts';

const kind = 'apex-parse';

/**
 * Makes a unit's syntax tree known, from this process or from a former one: loading the grammar takes longer than all
 * else at the start of an org.
 * @returns false where it must be parsed anew
 */
export function restoreParsed(org: OrgState, unit: ApexUnit): boolean {
  if (parsedApex(unit.kind, unit.source) !== undefined) return true;
  const stored = org.documents.get(kind, parseKey(unit.kind, unit.source));
  if (typeof stored !== 'string') return false;
  const result = readTree(Buffer.from(stored, 'base64'));
  if (result === undefined) return false;
  keepParsed(unit.kind, unit.source, result);
  return true;
}

/** Not JSON: a tree's parts are told apart by identity, and a bind of a query stands in it twice. */
function readTree(bytes: Uint8Array): ParseResult | undefined {
  try {
    return deserialize(bytes) as ParseResult;
  } catch {
    // Written by a newer version of Node; the source is there to be parsed anew.
    return undefined;
  }
}

/** Keeps the trees of the org's units, and no others. */
export function storeParsed(org: OrgState, units: readonly ApexUnit[]): void {
  org.transaction(() => {
    org.documents.clear(kind);
    for (const unit of units) {
      const result = parsedApex(unit.kind, unit.source);
      if (result === undefined) continue;
      org.documents.put(kind, parseKey(unit.kind, unit.source), serialize(result).toString('base64'));
    }
  });
}
