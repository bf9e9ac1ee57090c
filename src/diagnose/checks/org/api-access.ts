import type { Check } from '../../check.ts';
import { fail, pass, warn } from '../../finding.ts';
import { limits } from '../../readings/org.ts';
import { runningUser } from '../../readings/people.ts';
import { inSetup } from '../../setup-page.ts';

export const apiAccess: Check = {
  id: 'org.api-access',
  title: 'The API may be used, and requests are left for today',
  group: 'org',
  why: 'OpenCX works through the API: with none left for the day, no Case is created and no reply written.',
  mending: 'Give the user API Enabled; look under API Usage who uses the requests up.',
  requires: ['org.permissions'],
  reads: [runningUser, limits],
  run: async (context) => {
    const user = await context.read(runningUser);
    if (!user.permissions.has('ApiEnabled')) {
      return fail(`${user.username} lacks the permission API Enabled.`, {
        data: { username: user.username },
        remedy: [inSetup(context, 'ManageUsers/home', 'Give the user API Enabled, by profile or permission set.')],
      });
    }
    const limit = (await context.read(limits))['DailyApiRequests'];
    if (limit === undefined) return pass('API Enabled; the org does not tell its limit of requests');
    const data = { left: limit.Remaining, most: limit.Max };
    const summary = `${limit.Remaining} of ${limit.Max} API requests left in these 24 hours`;
    const remedy = [
      inSetup(context, 'CompanyProfileInfo/home', 'See API Requests, Last 24 Hours, and what uses them.'),
    ];
    if (limit.Remaining <= 0)
      return fail(`No API request is left in these 24 hours (of ${limit.Max}).`, { data, remedy });
    return limit.Remaining < limit.Max / 10 ? warn(summary, { data, remedy }) : pass(summary, { data });
  },
};
