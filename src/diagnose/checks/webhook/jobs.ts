import type { Check } from '../../check.ts';
import { counted } from '../../counted.ts';
import { fail, pass, warn } from '../../finding.ts';
import { jobs as reading, historyDays } from '../../readings/traffic.ts';
import { webhook } from '../../readings/webhook/webhook.ts';
import { inSetup } from '../../setup-page.ts';

export const jobs: Check = {
  id: 'webhook.jobs',
  title: 'The webhook calls of the last days have ended well',
  group: 'webhook',
  why: 'Each event is a job; a failed one is an event OpenCX never got, and its error says why.',
  mending: 'The error of the job says what to mend: mostly the URL of the Named Credential.',
  requires: ['webhook.endpoint'],
  reads: [reading, webhook],
  run: async (context) => {
    const all = await context.read(reading);
    const changed = Date.parse((await context.read(webhook))?.lastModifiedDate ?? '');
    const ended = all.filter(({ status }) => status === 'Completed' || status === 'Failed' || status === 'Aborted');
    const failed = ended.filter(({ status }) => status !== 'Completed');
    // What failed before the webhook was set says nothing about it.
    const present = failed.filter(({ createdDate }) => !(Date.parse(createdDate) < changed));
    const data = { days: historyDays, ended: ended.length, failed: failed.length, sinceLastChange: present.length };
    const evidence = failed
      .slice(0, 5)
      .map((job) => `${job.createdDate} ${job.type} ${job.id}: ${job.error ?? job.status}`);
    const remedy = [inSetup(context, 'AsyncApexJobs/home', 'All jobs with their errors: Setup → Apex Jobs.')];
    if (present.length > 0)
      return fail(`${present.length} of ${counted(ended.length, 'webhook call', 'webhook calls')} failed.`, {
        data,
        evidence,
        remedy,
      });
    if (failed.length > 0) {
      return warn(
        `${counted(failed.length, 'call', 'calls')} failed before the webhook was set to what it is now; none since.`,
        { data, evidence },
      );
    }
    return pass(ended.length === 0 ? `none in ${historyDays} days` : `${ended.length} in ${historyDays} days`, {
      data,
    });
  },
};
