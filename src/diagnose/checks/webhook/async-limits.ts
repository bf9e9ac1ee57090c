import type { Check } from '../../check.ts';
import { fail, pass, skip, warn } from '../../finding.ts';
import { limits } from '../../readings/org.ts';
import { inSetup } from '../../setup-page.ts';

export const asyncLimits: Check = {
  id: 'webhook.async-limits',
  title: 'Asynchronous Apex is left for today',
  group: 'webhook',
  why: 'Each webhook call is an asynchronous execution; when the org has used up its daily number, no event goes out.',
  mending: 'See in Setup → Apex Jobs what uses them up; the number comes back within 24 hours.',
  requires: ['org.permissions'],
  reads: [limits],
  run: async (context) => {
    const limit = (await context.read(limits))['DailyAsyncApexExecutions'];
    if (limit === undefined) return skip('The org does not tell this limit.');
    const data = { left: limit.Remaining, most: limit.Max };
    const remedy = [inSetup(context, 'AsyncApexJobs/home', 'See what uses them up.')];
    const summary = `${limit.Remaining} of ${limit.Max} left in these 24 hours`;
    if (limit.Remaining <= 0) return fail(`None is left in these 24 hours (of ${limit.Max}).`, { data, remedy });
    return limit.Remaining < limit.Max / 10 ? warn(summary, { data, remedy }) : pass(summary, { data });
  },
};
