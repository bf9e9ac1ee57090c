import { crc32 } from 'node:zlib';

import { readTriggerHeader, triggerEvents } from '../apex/trigger-header.ts';
import { textOf } from '../elements/metadata-value.ts';
import type { FieldValue } from '../../state/record-store.ts';
import type { RowSource } from './row-source.ts';

/** Fields of an ApexClass row, in the data and in the Tooling API. */
export function apexClassFields(source: RowSource): Record<string, FieldValue> {
  return commonFields(source);
}

/** Fields of an ApexTrigger row. `UsageIsBulk` is true for all triggers since API 10.0 (object reference). */
export function apexTriggerFields(source: RowSource): Record<string, FieldValue> {
  const header = readTriggerHeader(source.body ?? '');
  const object = source.org.schema().data.object(header?.object ?? '')?.name ?? header?.object ?? null;
  const usage = Object.entries(triggerEvents).map(([event, field]): [string, boolean] => [
    field,
    header?.events.includes(event) === true,
  ]);
  return {
    ...commonFields(source),
    TableEnumOrId: object,
    EntityDefinitionId: object,
    UsageIsBulk: true,
    ...Object.fromEntries(usage),
  };
}

function commonFields({ fullName, body, value, metadata }: RowSource): Record<string, FieldValue> {
  const source = body ?? '';
  return {
    Name: fullName,
    FullName: fullName,
    ApiVersion: Number(value['apiVersion']),
    Body: source,
    BodyCrc: crc32(source),
    IsValid: true,
    LengthWithoutComments: withoutComments(source).length,
    ManageableState: 'unmanaged',
    Metadata: metadata,
    Status: textOf(value, 'status') ?? 'Active',
  };
}

/** Comments go; what looks like one inside a string literal stays. */
function withoutComments(source: string): string {
  return source.replaceAll(/'(?:\\.|[^'\\\n])*'|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g, (match) =>
    match.startsWith("'") ? match : '',
  );
}
