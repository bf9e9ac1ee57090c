import { quoted } from '../../../provision/org/soql-literal.ts';
import type { HandoffRun, SavedRecord } from '../handoff-run.ts';
import { casesWithMark } from '../cases-with-mark.ts';
import { savedOf } from '../records.ts';

/** How often the org is asked whether an answer has come, in milliseconds. */
const lookMs = 5000;

/** A mail that came in, and where it landed. */
export interface SeenReply extends SavedRecord {
  caseId: string;
  caseNumber: string;
  subject: string;
}

interface EmailRow {
  Id: string;
  CreatedById: string;
  CreatedDate: string;
  ParentId: string;
  Parent: { CaseNumber: string } | null;
  Subject: string | null;
}

/**
 * Watches for the answer of a person, on the test Case and on any other that carries its mark: that is where an answer
 * without a thread lands.
 * @returns undefined when the time is over
 * @throws AbortError once the run's signal aborts; OpencxError as the queries do
 */
export async function awaitReply(run: HandoffRun): Promise<SeenReply | undefined> {
  const { clock } = run.org;
  const end = clock.now() + run.waitMs;
  for (;;) {
    const reply = await findReply(run);
    if (reply !== undefined) return reply;
    const left = end - clock.now();
    if (left <= 0) return undefined;
    await clock.sleep(Math.min(lookMs, left), run.signal);
  }
}

async function findReply(run: HandoffRun): Promise<SeenReply | undefined> {
  const caseIds = [run.found.case?.id ?? '', ...(await casesWithMark(run))];
  const [row] = await run.org.query<EmailRow>(
    'SELECT Id, CreatedById, CreatedDate, ParentId, Parent.CaseNumber, Subject FROM EmailMessage ' +
      `WHERE ParentId IN (${quoted(caseIds)}) AND Incoming = true ORDER BY CreatedDate LIMIT 1`,
    'looking for the answer',
  );
  if (row === undefined) return undefined;
  return {
    ...savedOf(row),
    caseId: row.ParentId,
    caseNumber: row.Parent?.CaseNumber ?? row.ParentId,
    subject: row.Subject ?? '',
  };
}
