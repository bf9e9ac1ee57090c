import { deleteRecords } from '../../../records/save/delete-record.ts';
import { saveRecords } from '../../../records/save/save-records.ts';
import { saveTransaction } from '../../../records/save/save-chunks.ts';
import type { SaveResult } from '../../../records/save/save-result.ts';
import { nullPointer } from '../../library/native.ts';
import type { Run } from '../../run/run.ts';
import { apexError } from '../../values/exception.ts';
import { SObject } from '../../values/records/sobject.ts';
import type { Value } from '../../values/value.ts';
import { apexErrors, dmlException, done, failed } from './dml-outcome.ts';
import type { DmlOutcome } from './dml-outcome.ts';
import { dmlRecords, idOfRecord } from './dml-records.ts';
import { sentValues } from './dml-values.ts';
import type { AccessMode } from '../queries/query.ts';

/** Objects that can be merged, and how many records with the master (Apex Developer Guide, "Merging Records"). */
const mergeable: ReadonlySet<string> = new Set(['Account', 'Case', 'Contact', 'Lead']);
const MAX_DUPLICATES = 2;

export interface MergeRequest {
  /** The record that stays, with the fields it is to have. */
  readonly master: Value;
  /** One record or a list of at most two. */
  readonly duplicates: Value;
  readonly allOrNone: boolean;
  readonly access: AccessMode;
}

export interface MergeOutcome extends DmlOutcome {
  readonly mergedIds: readonly string[];
  /** Records that now refer to the master. */
  readonly relatedIds: readonly string[];
}

/**
 * Merges records into one: what refers to them refers to the master from then on, and they are deleted. Triggers run for
 * the master (update) and for the others (delete), not for the records that refer to them.
 * @returns one outcome per duplicate
 * @throws ApexThrown System.DmlException where all or none were to be merged; System.NullPointerException
 */
export function executeMerge(run: Run, { master, duplicates, allOrNone, access }: MergeRequest): MergeOutcome[] {
  if (!(master instanceof SObject)) throw nullPointer();
  const others = dmlRecords(duplicates);
  const { name } = master.type;
  if (!mergeable.has(name) || others.some((one) => one.type.key !== master.type.key)) {
    throw apexError('System.TypeException', `DML operation MERGE not allowed on ${name}`);
  }
  if (others.length > MAX_DUPLICATES) {
    throw apexError('System.ListException', `Merge is limited to ${MAX_DUPLICATES} records besides the master`);
  }
  run.limits.use('DmlStatements');
  run.limits.use('DmlRows', others.length + 1);
  run.hasPendingWork = true;
  const outcomes = others.map((other) => mergeOne(run, master, other, access));
  if (allOrNone && outcomes.some((outcome) => !outcome.success)) throw dmlException('Merge', others, outcomes);
  return outcomes;
}

function mergeOne(run: Run, master: SObject, other: SObject, access: AccessMode): MergeOutcome {
  const sobject = master.type.name;
  const [masterId, otherId] = [idOfRecord(master), idOfRecord(other)];
  const refusal = (message: string, statusCode = 'INVALID_CROSS_REFERENCE_KEY'): MergeOutcome => ({
    ...failed([{ statusCode, message, fields: [] }]),
    mergedIds: [],
    relatedIds: [],
  });
  if (masterId === null || otherId === null) return refusal('Id not specified in a merge call', 'MISSING_ARGUMENT');
  if (run.org.records.get(sobject, otherId) === undefined) return refusal('invalid cross reference id');
  const rollback = new Error('not merged');
  let refused: SaveResult | undefined;
  try {
    return saveTransaction(run.org, [sobject], run.userId, () => {
      const keep = (results: readonly SaveResult[]): void => {
        refused = results.find((result) => !result.success);
        if (refused !== undefined) throw rollback;
      };
      const relatedIds = referTo(run, sobject, otherId, masterId);
      keep(deleteRecords(run.org, { sobject, ids: [otherId], userId: run.userId, allOrNone: true }));
      keep(updateMaster(run, master, masterId, access));
      return { ...done(masterId, false), mergedIds: [otherId], relatedIds };
    });
  } catch (error) {
    if (error !== rollback) throw error;
    return { ...failed(apexErrors(refused)), mergedIds: [], relatedIds: [] };
  }
}

function referTo(run: Run, sobject: string, from: string, to: string): string[] {
  const { records } = run.org;
  const changed: string[] = [];
  for (const { childSObject, field } of run.org.schema().data.object(sobject)?.childRelationships ?? []) {
    for (const row of records.find(childSObject, { [field]: from })) {
      records.update(childSObject, row.Id, { [field]: to }, run.userId);
      changed.push(row.Id);
    }
  }
  return changed;
}

function updateMaster(run: Run, master: SObject, id: string, access: AccessMode): SaveResult[] {
  const object = run.org.schema().data.object(master.type.name);
  const old = run.org.records.get(master.type.name, id);
  if (object === undefined) return [];
  const values = sentValues({ run, object, operation: 'update', access }, master, old);
  return saveRecords(run.org, {
    api: 'data',
    sobject: object.name,
    operation: 'update',
    records: [{ id, values }],
    userId: run.userId,
    mode: access,
    allOrNone: true,
  });
}
