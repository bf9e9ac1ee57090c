import { z } from 'zod';

import { handoffTaken, messageTaken, problemJson } from '../schema/answers.ts';
import { handoffInput } from '../schema/handoff-input.ts';
import { messageInput } from '../schema/message-input.ts';
import { sessionJson, sessionPage } from '../schema/session-json.ts';
import { toldEvent, toldPage } from '../schema/told-event.ts';

/** What comes in, and what is answered, by their names in the document. */
const inputs = { Handoff: handoffInput, Message: messageInput };
const outputs = {
  HandoffTaken: handoffTaken,
  MessageTaken: messageTaken,
  Session: sessionJson,
  SessionPage: sessionPage,
  ToldEvent: toldEvent,
  ToldPage: toldPage,
  Problem: problemJson,
};

export const schemaNames = [...keysOf(inputs), ...keysOf(outputs)] as const;

export function reference(name: (typeof schemaNames)[number]): { $ref: string } {
  return { $ref: uriOf(name) };
}

/** `components.schemas` of the document, made of the schemas that check what comes in. */
export function componentSchemas(): Record<string, object> {
  return { ...jsonSchemas(inputs, 'input'), ...jsonSchemas(outputs, 'output') };
}

function jsonSchemas(schemas: Record<string, z.ZodType>, io: 'input' | 'output'): Record<string, object> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  const made = z.toJSONSchema(registry, { io, uri: uriOf }).schemas;
  // OpenAPI 3.1 names the dialect once, and its places are the ids.
  return Object.fromEntries(
    Object.entries(made).map(([name, { $schema: _schema, $id: _id, ...schema }]) => [name, schema]),
  );
}

function uriOf(name: string): string {
  return `#/components/schemas/${name}`;
}

function keysOf<T extends object>(table: T): (keyof T & string)[] {
  return Object.keys(table) as (keyof T & string)[];
}
