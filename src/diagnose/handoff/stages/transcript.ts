import { quoted } from '../../../provision/org/soql-literal.ts';
import { createRecord } from '../records.ts';
import { done, failed, skipped } from '../../timeline/stage.ts';
import type { HandoffStage } from '../stage.ts';
import { splitComments } from '../transcript/split-comments.ts';
import { testTranscript } from '../transcript/test-transcript.ts';

/** The whole conversation as comments of the Case, in order, and read back. */
export const transcriptStage: HandoffStage = {
  id: 'transcript',
  run: async (run) => {
    const { case: testCase } = run.found;
    if (testCase === undefined) return skipped('no Case was made');
    const org = (await run.asOpenCx()) ?? run.org;
    const text = testTranscript(run.mark);
    const ids: string[] = [];
    for (const CommentBody of splitComments(text)) {
      run.signal?.throwIfAborted();
      ids.push(await createRecord(run, org, 'CaseComment', { ParentId: testCase.id, CommentBody }));
    }
    const rows = await org.query<{ Id: string; CommentBody: string | null }>(
      `SELECT Id, CommentBody FROM CaseComment WHERE ParentId = ${quoted([testCase.id])} ORDER BY CreatedDate, Id`,
      'reading the transcript',
    );
    const stored = rows.filter(({ Id }) => ids.includes(Id)).map(({ CommentBody }) => CommentBody ?? '');
    if (withoutBlanks(stored.join('')) !== withoutBlanks(text))
      return failed(`the transcript of ${text.length} characters is not what the Case holds`, {
        evidence: [`${ids.length} comments were written, ${stored.length} are there`],
        remedy: [{ text: 'Look for automation of this org that changes or deletes Case comments.' }],
      });
    return done(`${Buffer.byteLength(text)} bytes in ${ids.length} comments, read back in order`);
  },
};

/** Salesforce drops blanks at the ends of a text it stores, and so where one comment ends and the next begins. */
function withoutBlanks(text: string): string {
  return text.replaceAll(/\s+/g, '');
}
