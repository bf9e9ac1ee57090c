import type { ApexList } from '../../values/collections/list.ts';
import type { ApexMap } from '../../values/collections/map.ts';
import type { TriggerEvent } from '../apex-runtime.ts';

/** What `Trigger` means while a trigger runs. */
export interface TriggerContext {
  readonly event: TriggerEvent;
  readonly size: number;
  readonly newList: ApexList | null;
  readonly oldList: ApexList | null;
  /** Null before an insert: records have no ids yet. */
  readonly newMap: ApexMap | null;
  readonly oldMap: ApexMap | null;
}
