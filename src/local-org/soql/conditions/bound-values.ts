import { RestError } from '../../http/rest-error.ts';
import { toId18 } from '../../store/record-id.ts';
import type { FieldSchema } from '../../schema/schema.ts';
import type { QueryContext } from '../query-context.ts';
import { soqlError } from '../soql-error.ts';
import { expectationOf } from './literals.ts';
import type { Operand } from './literals.ts';

/** A value that is bound to a query rather than written in it. */
export type BoundValue =
  | { readonly kind: 'null' }
  | { readonly kind: 'text'; readonly value: string }
  /** `type` is its name in Apex, e.g. `Integer`. */
  | { readonly kind: 'number'; readonly value: number; readonly type: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** Milliseconds since 1970 of the day's beginning, or of the instant. */
  | { readonly kind: 'date' | 'datetime'; readonly value: number }
  /** What no field can be compared with; `type` is its name in Apex. */
  | { readonly kind: 'other'; readonly type: string };

/** What a bind variable stands for: one value, or those of a list. */
export interface Binding {
  readonly list: boolean;
  readonly values: readonly BoundValue[];
}

/** @throws RestError 400 MALFORMED_QUERY where nothing is bound, as over the API */
export function bindingOf(context: QueryContext, path: string): Binding {
  const { bind } = context.access;
  if (bind === undefined) throw soqlError('MALFORMED_QUERY', `unexpected token: ':'`, context.soql, undefined);
  return bind(path);
}

const APEX_NAMES = { text: 'String', boolean: 'Boolean', date: 'Date', datetime: 'Datetime' };

/**
 * A bound value in the form in which a field's values are compared.
 * @throws RestError 400 INVALID_QUERY_FILTER_OPERATOR for text that is no id, INVALID_FIELD for another type's value
 */
export function boundOperand(field: FieldSchema, bound: BoundValue): Operand {
  if (bound.kind === 'null') return bound;
  const expected = expectationOf(field);
  if (expected === 'id' && bound.kind === 'text') {
    const id = bound.value === '' ? '' : toId18(bound.value);
    if (id !== undefined) return { kind: 'id', value: id };
    throw new RestError(400, 'INVALID_QUERY_FILTER_OPERATOR', `invalid ID field: ${bound.value}`);
  }
  if (expected === 'text' && bound.kind === 'text') return { kind: 'text', value: bound.value.toLowerCase() };
  if (expected === bound.kind && (bound.kind === 'boolean' || bound.kind === 'number')) return bound;
  // A Date is a Datetime too, at midnight; the other way round nothing converts.
  if (expected === bound.kind || (expected === 'datetime' && bound.kind === 'date')) {
    if (bound.kind === 'date' || bound.kind === 'datetime') {
      return { kind: 'range', value: { start: bound.value, end: bound.value + 1 } };
    }
  }
  const given = 'type' in bound ? bound.type : APEX_NAMES[bound.kind];
  throw new RestError(
    400,
    'INVALID_FIELD',
    `Invalid bind expression type of ${given} for column of type ${COLUMNS[expected]}`,
  );
}

const COLUMNS = {
  id: 'Id',
  text: 'String',
  boolean: 'Boolean',
  number: 'Decimal',
  date: 'Date',
  datetime: 'Datetime',
} as const;

/** The texts of a binding where text alone will do (LIKE, INCLUDES); nulls are left out. */
export function boundTexts(binding: Binding): string[] | undefined {
  const texts: string[] = [];
  for (const value of binding.values) {
    if (value.kind === 'text') texts.push(value.value);
    else if (value.kind !== 'null') return undefined;
  }
  return texts;
}
