import { codeOnly } from '../references/apex-references.ts';

/** Events a trigger may name, with the record's field that tells of each. */
export const triggerEvents = {
  'before insert': 'UsageBeforeInsert',
  'before update': 'UsageBeforeUpdate',
  'before delete': 'UsageBeforeDelete',
  'after insert': 'UsageAfterInsert',
  'after update': 'UsageAfterUpdate',
  'after delete': 'UsageAfterDelete',
  'after undelete': 'UsageAfterUndelete',
} as const;

export interface TriggerHeader {
  readonly name: string;
  readonly object: string;
  /** Lower case, one space, e.g. `after insert`. */
  readonly events: readonly string[];
}

/** What a trigger's first line says; undefined where the source does not begin as a trigger does. */
export function readTriggerHeader(source: string): TriggerHeader | undefined {
  const match = /^\s*trigger\s+(\w+)\s+on\s+(\w+)\s*\(([^)]*)\)/i.exec(codeOnly(source));
  const [, name, object, events] = match ?? [];
  if (name === undefined || object === undefined || events === undefined) return undefined;
  return { name, object, events: events.split(',').map((event) => event.trim().toLowerCase().replaceAll(/\s+/g, ' ')) };
}

/** Name of the first class, interface or enum the source declares. */
export function declaredTypeName(source: string): string | undefined {
  return /(?<![\w.])(?:class|interface|enum)\s+(\w+)/i.exec(codeOnly(source))?.[1];
}
