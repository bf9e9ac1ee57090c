import type { Run } from '../../run/run.ts';
import type { ApexType } from '../../types/type.ts';
import { ApexThrown } from '../../values/exception.ts';
import type { Value } from '../../values/value.ts';
import type { JsonNode, JsonField } from './text/json-node.ts';
import { jsonError } from './text/json-source.ts';
import type { JsonSource } from './text/json-source.ts';

/** What goes along while a text becomes values. */
export interface Deserializer {
  readonly run: Run;
  readonly source: JsonSource;
  /** Refuses fields that the target does not have. */
  readonly strict: boolean;
  /** Makes the value of a node. @param place offset that messages about it name */
  read(node: JsonNode, type: ApexType, place: number): Value;
}

/** The fields of an object. @throws ApexThrown System.JSONException for anything else */
export function fieldsOf(node: JsonNode): readonly JsonField[] {
  if (node.kind === 'object') return node.fields;
  throw jsonError("Malformed JSON: Expected '{' at the beginning of object");
}

/** The items of an array, or of a query result as the REST API writes it. @throws ApexThrown System.JSONException */
export function itemsOf(node: JsonNode): readonly JsonNode[] {
  if (node.kind === 'array') return node.items;
  const records = node.kind === 'object' ? node.fields.find(({ name }) => name === 'records')?.value : undefined;
  if (records?.kind === 'array') return records.items;
  throw jsonError("Malformed JSON: Expected '[' at the beginning of List/Set");
}

export function unsupported(type: ApexType): Error {
  return jsonError(`Apex Type unsupported in JSON: ${type.name}`);
}

/** Adds to the message of a JSONException where in the text it comes from. */
export function placed<T>(source: JsonSource, offset: number, compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    if (error instanceof ApexThrown && error.exception.type.name === 'System.JSONException') {
      error.exception.message = `${error.exception.message ?? ''} at ${source.place(offset)}`;
    }
    throw error;
  }
}
