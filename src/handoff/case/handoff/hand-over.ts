import { createHash } from 'node:crypto';

import { canonicalJson } from '../../api/canonical-json.ts';
import type { CaseOrg } from '../case-org.ts';
import { transcriptComments } from '../comments/transcript-comments.ts';
import { writeComments } from '../comments/write-comments.ts';
import { cutText } from '../cut-text.ts';
import { writeFiles, type RefusedFile } from '../files/write-files.ts';
import type { ChosenCase } from './choose-case.ts';
import type { MailHandoff } from './mail-handoff.ts';

/** With the name of a file it is far below the 4,000 bytes of a comment. */
const longestReason = 500;

/** What a handoff has become, as its attempt shows it. */
export interface CaseHandedOver {
  readonly caseId: string;
  readonly caseNumber: string;
  readonly contactId: string | undefined;
  /** The Case was not made for this session. */
  readonly appended: boolean;
  readonly comments: number;
  readonly files: number;
  /** Names of files that the org does not take; a comment tells of each. */
  readonly refusedFiles: readonly string[];
}

/**
 * Puts the conversation and its files on the Case that was chosen; what is there already is left, whether an earlier attempt has put
 * it there, an event that this one replays, or a handoff that said the same and failed. So handoffs of one session are told apart by
 * what they say. For a file alone nothing else of a handoff is to fail: one that the org does not take is named on the Case.
 * @throws OpencxError with Salesforce's words
 */
export async function handOver(org: CaseOrg, handoff: MailHandoff, chosen: ChosenCase): Promise<CaseHandedOver> {
  const key = createHash('sha256').update(canonicalJson(handoff)).digest('hex').slice(0, 8);
  const comments = transcriptComments(handoff, key);
  await writeComments(org, chosen.id, comments);
  const mark = `session ${handoff.sessionId} · ${key}`;
  const { written, refused } = await writeFiles(org, chosen.id, handoff.attachments, mark);
  if (refused.length > 0) await writeComments(org, chosen.id, refusalComments(refused, mark));
  const { id: caseId, number: caseNumber, contactId, appended } = chosen;
  return {
    caseId,
    caseNumber,
    contactId,
    appended,
    comments: comments.length,
    files: written.length,
    refusedFiles: refused.map(({ name }) => name),
  };
}

/** One for each file, so that it fits, and is known again by its first line. */
function refusalComments(refused: readonly RefusedFile[], mark: string): string[] {
  return refused.map(({ name, error }) => {
    const why = cutText(error.message, longestReason);
    return `OpenCX file left out: ${name} · ${mark}\n[OpenCX] It is in OpenCX alone, as Salesforce does not take it: ${why}`;
  });
}
