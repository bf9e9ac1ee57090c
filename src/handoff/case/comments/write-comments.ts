import { soqlText, type CaseOrg } from '../case-org.ts';

/**
 * Writes comments on a Case, one after another, as their times are told in seconds; what is there already is left. Known again they
 * are by their first line, among comments of this user alone.
 */
export async function writeComments(org: CaseOrg, caseId: string, comments: readonly string[]): Promise<void> {
  const userId = await org.userId();
  const rows = await org.query<{ CommentBody: string | null }>(
    `SELECT CommentBody FROM CaseComment WHERE ParentId = ${soqlText(caseId)} AND CreatedById = ${soqlText(userId)}`,
    'looking for comments that are there already',
  );
  const there = new Set(rows.map(({ CommentBody }) => firstLineOf(CommentBody ?? '')));
  for (const CommentBody of comments) {
    if (there.has(firstLineOf(CommentBody))) continue;
    await org.create('CaseComment', { ParentId: caseId, CommentBody }, 'writing the transcript on the Case');
  }
}

function firstLineOf(text: string): string {
  return text.split(/\r?\n/, 1)[0]?.trim() ?? '';
}
