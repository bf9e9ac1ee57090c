import { quoted } from '../../provision/org/soql-literal.ts';
import type { HandoffRun } from './handoff-run.ts';

/**
 * Ids of the Cases whose subject carries the mark of this run: the test Case itself, one whose saving was answered by
 * nothing but a broken connection, and those that answers without a thread have made. The mark is random, so they are ours.
 * @throws OpencxError as the query does
 */
export async function casesWithMark({ org, mark }: Pick<HandoffRun, 'org' | 'mark'>): Promise<string[]> {
  // The mark holds no character that LIKE takes for something else.
  const rows = await org.query<{ Id: string }>(
    // The day lets an org of millions of Cases find them by an index.
    `SELECT Id FROM Case WHERE CreatedDate >= YESTERDAY AND Subject LIKE ${quoted([`%${mark}%`])}`,
    'looking for Cases of this test',
  );
  return rows.map(({ Id }) => Id);
}
