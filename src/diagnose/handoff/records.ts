import { OpencxError } from '../../errors/opencx-error.ts';
import { quoted } from '../../provision/org/soql-literal.ts';
import { toOpencxError } from '../../salesforce/org-errors.ts';
import type { Org } from '../../salesforce/org.ts';
import type { HandoffRun, MadeRecord, SavedRecord } from './handoff-run.ts';

type Values = Readonly<Record<string, unknown>>;

interface SubAnswer {
  httpStatusCode: number;
  body: unknown;
}

/**
 * Makes a Case that no assignment rule gives to anybody, and notes it down: people's queues are not for tests. The header
 * that says so is taken by requests within a composite one (REST API guide, "Assignment Rule Header").
 * @returns its id
 * @throws OpencxError with Salesforce's own code and message
 */
export async function createCase(run: HandoffRun, org: Org, values: Values): Promise<string> {
  const doing = 'making the test Case';
  const { compositeResponse } = await org.rest<{ compositeResponse: SubAnswer[] }>('POST', '/composite', doing, {
    compositeRequest: [
      {
        method: 'POST',
        url: `/services/data/v${org.apiVersion}/sobjects/Case`,
        referenceId: 'handoff',
        httpHeaders: { 'Sforce-Auto-Assign': 'FALSE' },
        body: values,
      },
    ],
  });
  const [answer] = compositeResponse;
  const [body] = [answer?.body].flat() as { id?: string; errorCode?: string; message?: string }[];
  if (answer === undefined || answer.httpStatusCode >= 400 || body?.id === undefined) {
    const refusal = new Error(body?.message ?? `HTTP ${answer?.httpStatusCode ?? 'without an answer'}`);
    throw toOpencxError(Object.assign(refusal, { errorCode: body?.errorCode }), doing);
  }
  run.made.push({ sobject: 'Case', id: body.id });
  return body.id;
}

/** Makes another record and notes it down. @returns its id @throws OpencxError as the request does */
export async function createRecord(
  run: HandoffRun,
  org: Org,
  sobject: Exclude<MadeRecord['sobject'], 'Case'>,
  values: Values,
): Promise<string> {
  const { id } = await org.rest<{ id: string }>('POST', `/sobjects/${sobject}`, `saving the test ${sobject}`, values);
  run.made.push({ sobject, id });
  return id;
}

interface SavedRow {
  Id: string;
  CreatedById: string;
  CreatedDate: string;
}

/**
 * Who created a record and when, by the clock of the org.
 * @throws OpencxError as the request does; ORG_UNEXPECTED_ANSWER if this user cannot see it
 */
export async function savedRecord(org: Org, sobject: MadeRecord['sobject'], id: string): Promise<SavedRecord> {
  const [row] = await org.query<SavedRow>(
    `SELECT Id, CreatedById, CreatedDate FROM ${sobject} WHERE Id = ${quoted([id])}`,
    `reading the test ${sobject}`,
  );
  if (row !== undefined) return savedOf(row);
  throw new OpencxError('ORG_UNEXPECTED_ANSWER', {
    message: `${sobject} ${id} was saved and cannot be read by the user who saved it.`,
  });
}

/** A row with `Id`, `CreatedById` and `CreatedDate` as records of a handoff are told. */
export function savedOf({ Id, CreatedById, CreatedDate }: SavedRow): SavedRecord {
  return { id: Id, userId: CreatedById, at: isoDate(CreatedDate) };
}

/** A moment as SOQL takes it; Salesforce answers with an offset (`+0000`) that is no ISO 8601. */
export function isoDate(text: string): string {
  return new Date(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')).toISOString();
}
