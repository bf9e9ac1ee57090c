import { jsonError } from './json-source.ts';
import type { JsonReader, JsonToken } from './json-reader.ts';

/** A field of an object, in the order of the text. */
export interface JsonField {
  readonly name: string;
  readonly value: JsonNode;
  /** The token of its name. */
  readonly token: JsonToken;
}

/** A value that was read whole, with the token it begins with. */
export type JsonNode =
  | { readonly kind: 'object'; readonly token: JsonToken; readonly fields: readonly JsonField[] }
  | { readonly kind: 'array'; readonly token: JsonToken; readonly items: readonly JsonNode[] }
  | { readonly kind: 'text' | 'number' | 'boolean' | 'null'; readonly token: JsonToken };

function required(reader: JsonReader): JsonToken {
  const token = reader.next();
  if (token === undefined) throw jsonError('Unexpected end-of-input');
  return token;
}

function readFields(reader: JsonReader): JsonField[] {
  const fields = new Map<string, JsonField>();
  for (let token = required(reader); token.kind !== 'END_OBJECT'; token = required(reader)) {
    // Of fields with one name the last one counts, at the place of the first.
    const value = readFrom(reader, required(reader));
    fields.set(token.text, { name: token.text, value, token });
  }
  return Array.from(fields.values());
}

function readItems(reader: JsonReader): JsonNode[] {
  const items: JsonNode[] = [];
  for (let token = required(reader); token.kind !== 'END_ARRAY'; token = required(reader)) {
    items.push(readFrom(reader, token));
  }
  return items;
}

/** The whole of the value that begins with a token. @throws ApexThrown System.JSONException */
export function readFrom(reader: JsonReader, token: JsonToken): JsonNode {
  switch (token.kind) {
    case 'START_OBJECT':
      return { kind: 'object', token, fields: readFields(reader) };
    case 'START_ARRAY':
      return { kind: 'array', token, items: readItems(reader) };
    case 'VALUE_STRING':
      return { kind: 'text', token };
    case 'VALUE_NUMBER_INT':
    case 'VALUE_NUMBER_FLOAT':
      return { kind: 'number', token };
    case 'VALUE_TRUE':
    case 'VALUE_FALSE':
      return { kind: 'boolean', token };
    case 'VALUE_NULL':
      return { kind: 'null', token };
    default:
      throw jsonError(`Unexpected token ${token.kind} at ${reader.source.place(token.start)}`);
  }
}

/** The first value of a text. @throws ApexThrown System.JSONException */
export function readWhole(reader: JsonReader): JsonNode {
  const token = reader.next();
  if (token === undefined) throw jsonError('No content to map to Object due to end of input');
  return readFrom(reader, token);
}
