import type { Run } from '../../run/run.ts';
import type { FieldSymbol } from '../../symbols/symbol.ts';
import { Instance } from '../../values/instance.ts';
import { ExceptionValue, limitError } from '../../values/exception.ts';
import { ApexList } from '../../values/collections/list.ts';
import { ApexMap } from '../../values/collections/map.ts';
import { ApexSet } from '../../values/collections/set.ts';
import { populatedFields } from '../../values/records/sobject-access.ts';
import { SObject } from '../../values/records/sobject.ts';
import { textOf } from '../../values/text.ts';
import type { Value } from '../../values/value.ts';
import { jsonError } from './text/json-source.ts';
import { quoted } from './text/json-writer.ts';
import type { JsonWriter } from './text/json-writer.ts';
import { jsonFields, readProperty } from './properties.ts';
import { scalarJson } from './serialize-scalar.ts';

/** Objects within objects; one that contains itself comes to an end here. */
const MAX_DEPTH = 1000;

interface Serializer {
  readonly run: Run;
  readonly writer: JsonWriter;
  /** Leaves out null fields of the customer's objects; records and maps keep theirs. */
  readonly suppressNulls: boolean;
  depth: number;
}

function writeAll(serializer: Serializer, items: readonly Value[]): void {
  serializer.writer.startArray();
  for (const item of items) write(serializer, item);
  serializer.writer.endArray();
}

function writeMap(serializer: Serializer, map: ApexMap): void {
  serializer.writer.startObject();
  for (const [key, value] of map.entries.entries()) {
    serializer.writer.fieldName(textOf(serializer.run, key));
    write(serializer, value);
  }
  serializer.writer.endObject();
}

/**
 * Fields come in the order the platform writes them: superclasses first, and within a class by name, case aside, from
 * Z to A.
 */
function orderedFields(instance: Instance): FieldSymbol[] {
  const key = (field: FieldSymbol): string => field.name.toLowerCase();
  const fields = jsonFields(instance.type).filter((field) => field.readVisibility !== undefined);
  const owners = Array.from(new Set(fields.map((field) => field.owner)));
  return owners.flatMap((owner) =>
    fields.filter((field) => field.owner === owner).toSorted((a, b) => (key(a) < key(b) ? 1 : -1)),
  );
}

function writeInstance(serializer: Serializer, instance: Instance): void {
  serializer.writer.startObject();
  for (const field of orderedFields(instance)) {
    const value = readProperty(serializer.run, instance, field);
    if (value === null && serializer.suppressNulls) continue;
    serializer.writer.fieldName(field.name);
    write(serializer, value);
  }
  serializer.writer.endObject();
}

/** Child records as the REST API writes a sub-query. */
function writeChildren(serializer: Serializer, children: ApexList): void {
  const { writer } = serializer;
  writer.startObject();
  writer.fieldName('totalSize');
  writer.value(String(children.items.length));
  writer.fieldName('done');
  writer.value('true');
  writer.fieldName('records');
  writeAll(serializer, children.items);
  writer.endObject();
}

function writeAttributes({ run, writer }: Serializer, record: SObject): void {
  const { name } = record.type;
  const id = record.fields.get('Id');
  writer.fieldName('attributes');
  writer.startObject();
  writer.fieldName('type');
  writer.value(quoted(name));
  if (typeof id === 'string') {
    writer.fieldName('url');
    writer.value(quoted(`/services/data/v${run.org.settings.apiVersion}/sobjects/${name}/${id}`));
  }
  writer.endObject();
}

function writeRecord(serializer: Serializer, record: SObject): void {
  const { writer } = serializer;
  writer.startObject();
  writeAttributes(serializer, record);
  for (const [name, value] of populatedFields(record)) {
    // A sub-query that found nothing is not written.
    if (value instanceof ApexList && value.items.length === 0) continue;
    writer.fieldName(name);
    if (value instanceof ApexList) writeChildren(serializer, value);
    else {
      const json = scalarJson(value, true);
      if (json === undefined) write(serializer, value);
      else writer.value(json);
    }
  }
  writer.endObject();
}

function writeObject(serializer: Serializer, value: Value): void {
  if (value instanceof ApexList || value instanceof ApexSet) writeAll(serializer, value.items);
  else if (value instanceof ApexMap) writeMap(serializer, value);
  else if (value instanceof SObject) writeRecord(serializer, value);
  else if (value instanceof Instance && !(value instanceof ExceptionValue)) writeInstance(serializer, value);
  else if (typeof value === 'object' && value !== null) {
    throw jsonError(`Apex Type unsupported in JSON: ${value.type.name}`);
  }
}

function write(serializer: Serializer, value: Value): void {
  const json = scalarJson(value);
  if (json !== undefined) {
    serializer.writer.value(json);
    return;
  }
  serializer.depth += 1;
  if (serializer.depth > MAX_DEPTH) throw limitError(`Maximum stack depth reached: ${serializer.depth}`);
  writeObject(serializer, value);
  serializer.depth -= 1;
}

/** Writes a value. @throws ApexThrown System.JSONException for one that has no JSON */
export function serialize(run: Run, writer: JsonWriter, value: Value, suppressNulls: boolean): void {
  write({ run, writer, suppressNulls, depth: 0 }, value);
}
