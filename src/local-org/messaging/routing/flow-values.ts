import { listOf, textOf } from '../../metadata/elements/metadata-value.ts';
import type { MetadataValue } from '../../metadata/elements/metadata-value.ts';
import type { FieldValue } from '../../state/record-store.ts';
import { FlowFailure, notUnderstood } from './flow-failure.ts';
import type { FlowRecord, FlowValue, Interview } from './interview.ts';

/** Global constants of flows; other globals (`$User`, `$Record`, …) are not there. */
const CONSTANTS: Readonly<Record<string, FlowValue>> = {
  '$globalconstant.true': true,
  '$globalconstant.false': false,
  '$globalconstant.emptystring': '',
};

/** Members of a `value` element that hold a plain value. */
const PLAIN = ['stringValue', 'numberValue', 'booleanValue', 'dateValue', 'dateTimeValue'] as const;

/** What a `value` element stands for. @throws FlowFailure for what is not understood */
export function valueOf(value: MetadataValue, interview: Interview): FlowValue {
  const reference = textOf(value, 'elementReference');
  if (reference !== undefined) return resolve(interview, reference);
  const setup = textOf(value, 'setupReference');
  if (setup !== undefined) return setupValue(interview, setup, textOf(value, 'setupReferenceType') ?? '');
  const [member, ...others] = Object.keys(value).filter((name) => value[name] !== null && value[name] !== undefined);
  if (member === undefined) return null;
  const plain = PLAIN.find((name) => name === member);
  if (plain === undefined || others.length > 0) throw notUnderstood(`value ${[member, ...others].join(', ')}`);
  const literal = value[plain];
  if (typeof literal === 'string' && literal.includes('{!')) throw notUnderstood('text with merge fields');
  return typeof literal === 'string' || typeof literal === 'number' || typeof literal === 'boolean' ? literal : null;
}

/** The value of a `value` element below another element. */
export function valueIn(element: MetadataValue, interview: Interview, name = 'value'): FlowValue {
  return valueOf(listOf(element, name)[0] ?? {}, interview);
}

/** What a reference such as `recordId` or `Get_Queue.Id` holds. @throws FlowFailure for what is no resource */
export function resolve(interview: Interview, reference: string): FlowValue {
  const constant = CONSTANTS[reference.toLowerCase()];
  if (constant !== undefined) return constant;
  const [head = '', field, ...more] = reference.split('.');
  const value = interview.values.get(head.toLowerCase());
  if (value === undefined || more.length > 0) throw missing(interview, reference, head);
  if (field === undefined) return value;
  if (value === null) return null;
  if (!isRecord(value)) throw new FlowFailure(`${reference} is no field of a record.`);
  return fieldIn({ ...value.fields, ...value.changed }, field);
}

/** Gives a variable, or a field of a record variable, another value. */
export function assign(interview: Interview, reference: string, value: FlowValue): void {
  const [head = '', field, ...more] = reference.split('.');
  const key = head.toLowerCase();
  const present = interview.values.get(key);
  if (present === undefined || more.length > 0) throw missing(interview, reference, head);
  if (field === undefined) {
    interview.values.set(key, value);
    return;
  }
  const record = present === null ? { fields: {}, changed: {} } : present;
  if (!isRecord(record)) throw new FlowFailure(`${reference} is no field of a record.`);
  interview.values.set(key, { ...record, changed: { ...record.changed, [field]: toField(value) } });
}

export function isRecord(value: FlowValue): value is FlowRecord {
  return typeof value === 'object' && value !== null && 'fields' in value;
}

/** A value as a field takes it. @throws FlowFailure for records */
export function toField(value: FlowValue): FieldValue {
  if (typeof value === 'object' && value !== null) throw new FlowFailure('A field takes no record.');
  return value;
}

/** A field in any case, as a flow sees it; null where the record does not have it. */
export function fieldIn(fields: Readonly<Record<string, FieldValue>>, name: string): FlowValue {
  const key = Object.keys(fields).find((one) => one.toLowerCase() === name.toLowerCase());
  const value = key === undefined ? null : (fields[key] ?? null);
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}

/** Setup components by name, as Flow Builder writes a service channel that was picked. */
function setupValue({ org }: Interview, name: string, type: string): string {
  if (type !== 'ServiceChannel') throw notUnderstood(`setupReference of ${type}`);
  const [row] = org.records.find(type, { DeveloperName: name });
  if (row === undefined) throw new FlowFailure(`There is no ${type} named ${name}.`);
  return row.Id;
}

function missing({ flow }: Interview, reference: string, head: string): FlowFailure {
  const other = ['formulas', 'textTemplates', 'choices', 'stages'].find((kind) =>
    listOf(flow, kind).some((one) => textOf(one, 'name')?.toLowerCase() === head.toLowerCase()),
  );
  if (other !== undefined) return notUnderstood(`${other} ${head}`);
  return head.startsWith('$') || reference.split('.').length > 2
    ? notUnderstood(`reference ${reference}`)
    : new FlowFailure(`The flow has no resource ${head}.`);
}
