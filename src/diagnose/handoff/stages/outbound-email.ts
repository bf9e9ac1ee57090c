import { createRecord, savedRecord } from '../records.ts';
import type { HandoffRun } from '../handoff-run.ts';
import { done, failed, skipped, type StageEnd } from '../../timeline/stage.ts';
import type { HandoffStage } from '../stage.ts';

/** EmailMessage.Status of mail that was sent; the sender leaves drafts alone. */
const statusSent = '3';

/** The AI's reply as OpenCX writes it: a record, which our trigger sends if the integration user made it. */
export const outboundEmailStage: HandoffStage = {
  id: 'outbound-email',
  run: async (run) => {
    const { case: testCase } = run.found;
    if (testCase === undefined) return skipped('no Case was made');
    const problem = missingUser(run);
    if (problem !== undefined) return problem;
    const org = await run.asOpenCx();
    if (org === undefined) return notThisUser(run);
    const { orgWideEmailAddress, replyTo, testRecords } = run.config.blueprint;
    const from = orgWideEmailAddress ?? replyTo;
    const text = `This is a test of the way to Salesforce and back. ${run.mark}\n\nNobody needs to do anything about it.`;
    const id = await createRecord(run, org, 'EmailMessage', {
      ParentId: testCase.id,
      Incoming: false,
      Status: statusSent,
      ToAddress: run.to,
      Subject: `${run.mark} Your request`,
      TextBody: text,
      HtmlBody: `<html><body><p>${text.replace('\n\n', '</p><p>')}</p></body></html>`,
      ...(from === undefined ? {} : { FromAddress: from }),
      ...testRecords.emailMessageFields,
    });
    run.found.message = await savedRecord(org, 'EmailMessage', id);
    return done(`EmailMessage ${id} to ${run.to}, made as ${run.people.integrationUsername}`);
  },
};

function missingUser({ people }: HandoffRun): StageEnd | undefined {
  const { integration, integrationUsername } = people;
  if (integration === undefined)
    return failed(`the org has no user ${integrationUsername}`, {
      remedy: [{ text: 'Create the integration user, or correct its Username.', command: 'opencx-sf apply' }],
    });
  if (integration.isActive) return undefined;
  return failed(`${integrationUsername} is not active`, {
    remedy: [{ text: `Setup → Users → ${integrationUsername}: activate the user.` }],
  });
}

/** A record belongs to whoever saves it; nobody can save one in another user's name. */
function notThisUser({ people }: HandoffRun): StageEnd {
  const { me, integrationUsername } = people;
  return skipped(`this session is ${me.username}; only mail that ${integrationUsername} saves is sent`, {
    remedy: [
      {
        text: `Run it once more, logged in as ${integrationUsername}: by a login of the Salesforce CLI, or by client credentials of an app that runs as this user.`,
        command: 'opencx-sf verify handoff --target-org <login of that user>',
      },
    ],
  });
}
