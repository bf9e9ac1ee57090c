import type { Run } from '../../run/run.ts';
import { ApexMap } from './map.ts';
import { KeyedEntries } from './keyed.ts';
import type { Value } from '../value.ts';

function lower(key: Value): Value {
  return typeof key === 'string' ? key.toLowerCase() : key;
}

/** Entries whose text keys are kept and looked for in lower case. */
class CaseInsensitiveEntries extends KeyedEntries {
  override has(run: Run, key: Value): boolean {
    return super.has(run, lower(key));
  }

  override get(run: Run, key: Value): Value | undefined {
    return super.get(run, lower(key));
  }

  override set(run: Run, key: Value, value: Value): Value | undefined {
    return super.set(run, lower(key), value);
  }

  override delete(run: Run, key: Value): Value | undefined {
    return super.delete(run, lower(key));
  }
}

/**
 * The maps that describe the org, by names of objects and fields: their keys are lower case and found in any case (Apex
 * Developer Guide, "Accessing All sObjects", "Using Field Tokens").
 */
export class CaseInsensitiveMap extends ApexMap {
  override readonly entries: KeyedEntries = new CaseInsensitiveEntries();
}
