import { OpencxError } from '../../errors/opencx-error.ts';
import { quoted } from '../../provision/org/soql-literal.ts';
import type { Org } from '../../salesforce/org.ts';
import { asked } from './asked.ts';
import { casesWithMark } from './cases-with-mark.ts';
import type { HandoffRun, MadeRecord, RecordFate } from './handoff-run.ts';
import { done, failed, skipped, type StageEnd } from '../timeline/stage.ts';

export interface CleanUp extends StageEnd {
  records: RecordFate[];
}

/** Requests of one kind until the org has answered; a broken connection must not leave a test Case behind. */
const attempts = 3;
/** Between them, in milliseconds. */
const pauseMs = 500;
/** Ids that one request may delete (REST API guide, sObject Collections). */
const idsPerRequest = 200;
const order: readonly MadeRecord['sobject'][] = ['EmailMessage', 'CaseComment', 'Case'];

/**
 * Deletes, by their ids, all records that the run made or that came of it, and looks afterwards what is still there. It is
 * not ended by the run's signal: that is what it is for.
 */
export async function cleanUp(run: HandoffRun): Promise<CleanUp> {
  let records: MadeRecord[] = run.made;
  try {
    records = await allRecords(run);
    if (run.keep) return kept(records);
    if (records.length === 0) return { ...done('nothing was made'), records: [] };
    const reasons = await deleteAll(run, records);
    const left = await stillThere(run.org, records);
    return outcome(run, records, left, reasons);
  } catch (error) {
    if (!(error instanceof OpencxError)) throw error;
    const fates = records.map((one): RecordFate => ({ ...one, fate: 'unknown', reason: error.message }));
    return { ...incomplete(run, fates), records: fates };
  }
}

/** What was noted down, and what the mark finds: answers, and a Case whose saving was never answered. */
async function allRecords(run: HandoffRun): Promise<MadeRecord[]> {
  const caseIds = new Set([
    ...run.made.filter(({ sobject }) => sobject === 'Case').map(({ id }) => id),
    ...(await patiently(run.org, () => casesWithMark(run))),
  ]);
  const found: MadeRecord[] = [...run.made, ...[...caseIds].map((id) => ({ sobject: 'Case', id }) as const)];
  for (const sobject of ['EmailMessage', 'CaseComment'] as const) {
    if (caseIds.size === 0) break;
    const rows = await patiently(run.org, () =>
      run.org.query<{ Id: string }>(
        `SELECT Id FROM ${sobject} WHERE ParentId IN (${quoted([...caseIds])})`,
        `looking for what is on the test Case`,
      ),
    );
    found.push(...rows.map(({ Id }) => ({ sobject, id: Id })));
  }
  const byId = new Map(found.map((record) => [record.id, record]));
  return order.flatMap((sobject) => [...byId.values()].filter((record) => record.sobject === sobject));
}

/** @returns why each of those that were refused was, by id */
async function deleteAll(run: HandoffRun, records: readonly MadeRecord[]): Promise<Map<string, string>> {
  const reasons = await deleteAs(run.org, records);
  if (reasons.size === 0) return reasons;
  // Whoever made a record may have the right that this session lacks; what is still there afterwards is named.
  const refused = records.filter(({ id }) => reasons.has(id));
  const again = await asked('clean-up as the integration user', async () => {
    const other = await run.asOpenCx();
    return other === undefined || other === run.org ? reasons : await deleteAs(other, refused);
  });
  return 'unknown' in again ? reasons : again.answer;
}

interface DeleteAnswer {
  id?: string;
  success: boolean;
  errors: { statusCode: string; message: string }[];
}

async function deleteAs(org: Org, records: readonly MadeRecord[]): Promise<Map<string, string>> {
  const reasons = new Map<string, string>();
  for (let start = 0; start < records.length; start += idsPerRequest) {
    const ids = records.slice(start, start + idsPerRequest).map(({ id }) => id);
    const answers = await patiently(org, () =>
      org.rest<DeleteAnswer[]>(
        'DELETE',
        `/composite/sobjects?ids=${ids.join(',')}&allOrNone=false`,
        'deleting the records of the test',
      ),
    );
    for (const [index, { success, errors }] of answers.entries()) {
      const [error] = errors;
      if (!success && error !== undefined) reasons.set(ids[index] ?? '', `${error.statusCode}: ${error.message}`);
    }
  }
  return reasons;
}

async function stillThere(org: Org, records: readonly MadeRecord[]): Promise<Set<string>> {
  const left = new Set<string>();
  for (const sobject of order) {
    const ids = records.filter((record) => record.sobject === sobject).map(({ id }) => id);
    if (ids.length === 0) continue;
    const rows = await patiently(org, () =>
      org.query<{ Id: string }>(`SELECT Id FROM ${sobject} WHERE Id IN (${quoted(ids)})`, 'looking what is left'),
    );
    for (const { Id } of rows) left.add(Id);
  }
  return left;
}

function outcome(
  run: HandoffRun,
  records: readonly MadeRecord[],
  left: ReadonlySet<string>,
  reasons: ReadonlyMap<string, string>,
): CleanUp {
  const fates = records.map((record): RecordFate => {
    if (!left.has(record.id)) return { ...record, fate: 'deleted' };
    return { ...record, fate: 'left', reason: reasons.get(record.id) ?? 'the org said it was deleted' };
  });
  if (left.size > 0) return { ...incomplete(run, fates), records: fates };
  return { ...done(`deleted ${counted(records)}; looked again, nothing is left`), records: fates };
}

function incomplete({ mark }: HandoffRun, fates: readonly RecordFate[]): StageEnd {
  const left = fates.filter(({ fate }) => fate === 'left');
  const open = fates.filter(({ fate }) => fate === 'left' || fate === 'unknown');
  return failed(
    left.length === 0 ? `not known whether it is gone: ${counted(open)}` : `still there: ${counted(left)}`,
    {
      evidence: open.map(({ sobject, id, reason }) => `${sobject} ${id}: ${reason ?? ''}`),
      remedy: [{ text: `Delete by hand what is there: the subject of the Cases holds ${mark}.` }],
    },
  );
}

function kept(records: readonly MadeRecord[]): CleanUp {
  const end = skipped(`kept, as --keep says: ${counted(records)}`, {
    evidence: records.map(({ sobject, id }) => `${sobject} ${id}`),
  });
  return { ...end, records: records.map((record) => ({ ...record, fate: 'kept' as const })) };
}

const names = {
  Case: ['Case', 'Cases'],
  CaseComment: ['comment', 'comments'],
  EmailMessage: ['mail', 'mails'],
} as const;

/** `1 Case, 2 comments and 3 mails`; a lone Case is named by its id. */
function counted(records: readonly MadeRecord[]): string {
  const parts = order.toReversed().flatMap((sobject) => {
    const some = records.filter((record) => record.sobject === sobject);
    const [only] = some;
    if (only === undefined) return [];
    const [one, many] = names[sobject];
    return sobject === 'Case' && some.length === 1
      ? [`Case ${only.id}`]
      : [`${some.length} ${some.length === 1 ? one : many}`];
  });
  return parts.length === 0 ? 'nothing' : parts.join(', ');
}

/** Repeats what a broken connection ended; deleting what is gone already is refused, and harmless. */
async function patiently<T>({ clock }: Org, request: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await request();
    } catch (error) {
      if (attempt >= attempts || !(error instanceof OpencxError) || error.code !== 'NETWORK') throw error;
      await clock.sleep(pauseMs * attempt);
    }
  }
}
