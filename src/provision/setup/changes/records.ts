import { OpencxError } from '../../../errors/opencx-error.ts';
import type { Org } from '../../../salesforce/org.ts';
import { quoted } from '../../org/soql-literal.ts';
import type { Change, FieldValue, FieldValues, RecordRef } from '../plan/change.ts';
import type { ChangeContext } from './change-context.ts';

type CreateRecord = Extract<Change, { kind: 'create-record' }>;
type UpdateRecord = Extract<Change, { kind: 'update-record' }>;
type DeleteRecord = Extract<Change, { kind: 'delete-record' }>;

/** Makes the record unless one with its key is there by now: by a run that was interrupted, or by somebody else. */
export async function createRecord(context: ChangeContext, change: CreateRecord): Promise<void> {
  const { org, journal } = context;
  const record: RecordRef = { sobject: change.sobject, where: change.key };
  if ((await findId(org, record)) !== undefined) return;
  const made = { sobject: change.sobject, name: change.name, record };
  if (!journal.made.some((one) => one.sobject === made.sobject && one.name === made.name)) {
    journal.made.push(made);
    await context.keepJournal();
  }
  await insert(org, change, await resolved(org, change.fields));
}

/** An answer that was lost on the way may belong to a record that was made: then it is there now. */
async function insert(org: Org, change: CreateRecord, fields: Record<string, FieldValue>): Promise<void> {
  const doing = `creating ${change.sobject} ${change.name}`;
  try {
    await org.rest('POST', `/sobjects/${change.sobject}`, doing, fields);
  } catch (error) {
    const lost = error instanceof OpencxError && (error.code === 'NETWORK' || error.code === 'ORG_UNEXPECTED_ANSWER');
    if (!lost || (await findId(org, { sobject: change.sobject, where: change.key })) === undefined) throw error;
  }
}

/** Changes a record's fields; what they were is kept for `destroy`. */
export async function updateRecord(context: ChangeContext, change: UpdateRecord): Promise<void> {
  const { org, journal } = context;
  const id = await idOf(org, change.record);
  const known = journal.before.some((one) => one.kind === 'record' && one.name === change.name);
  if (!known) {
    const { sobject, name, record, before: values } = change;
    journal.before.push({ kind: 'record', sobject, name, record, values });
    await context.keepJournal();
  }
  await org.rest('PATCH', `/sobjects/${change.sobject}/${id}`, `changing ${change.sobject} ${change.name}`, {
    ...(await resolved(org, change.fields)),
  });
}

/** Deletes a record if it is there. */
export async function deleteRecord({ org }: Pick<ChangeContext, 'org'>, change: DeleteRecord): Promise<void> {
  const id = await findId(org, change.record);
  if (id === undefined) return;
  await org.rest('DELETE', `/sobjects/${change.sobject}/${id}`, `deleting ${change.sobject} ${change.name}`);
}

async function resolved(org: Org, fields: FieldValues): Promise<Record<string, FieldValue>> {
  const entries = await Promise.all(
    Object.entries(fields).map(async ([name, value]) => [name, isRef(value) ? await idOf(org, value) : value] as const),
  );
  return Object.fromEntries(entries);
}

/** @throws OpencxError NOT_INSTALLED if the record is not there */
async function idOf(org: Org, record: RecordRef): Promise<string> {
  const id = await findId(org, record);
  if (id !== undefined) return id;
  throw new OpencxError('NOT_INSTALLED', {
    message: `The org has no ${record.sobject} with ${describeWhere(record)}.`,
    nextSteps: ['opencx-sf plan shows what is missing; an earlier step may have failed.'],
  });
}

/** The id of the record that a reference means; undefined if there is none. */
export async function findId(org: Org, { sobject, where }: RecordRef): Promise<string | undefined> {
  const conditions = await Promise.all(
    Object.entries(where).map(async ([field, value]) => {
      if (!isRef(value)) return `${field} = ${literal(value)}`;
      const id = await findId(org, value);
      return id === undefined ? undefined : `${field} = ${literal(id)}`;
    }),
  );
  // What refers to a record that is not there is not there either.
  if (conditions.includes(undefined)) return undefined;
  const soql = `SELECT Id FROM ${sobject} WHERE ${conditions.join(' AND ')} LIMIT 1`;
  return (await org.query<{ Id: string }>(soql, `looking for ${sobject}`))[0]?.Id;
}

function isRef(value: FieldValue | RecordRef): value is RecordRef {
  return typeof value === 'object' && value !== null;
}

function literal(value: FieldValue): string {
  return typeof value === 'string' ? quoted([value]) : String(value);
}

function describeWhere({ where }: RecordRef): string {
  return Object.entries(where)
    .map(([field, value]) => `${field} ${isRef(value) ? describeWhere(value) : String(value)}`)
    .join(', ');
}
