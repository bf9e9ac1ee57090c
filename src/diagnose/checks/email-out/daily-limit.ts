import type { Check } from '../../check.ts';
import type { CheckContext } from '../../check-context.ts';
import { fail, pass, skip, warn } from '../../finding.ts';
import { limits } from '../../readings/org.ts';
import { notSentBySalesforce } from './applies.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

export const dailyLimit: Check = {
  id: 'email-out.daily-limit',
  title: 'Mail to outside addresses is left for today',
  group: 'email-out',
  why: '“Hit SINGLE_EMAIL_LIMIT_EXCEEDED in the Debug Log”: an org sends 5,000 mails a day (GMT) to outside addresses, a Developer Edition or trial 50.',
  mending: 'Wait for midnight GMT; test in a sandbox of a paid edition; for more, set blueprint.options.emailService.',
  requires: ['org.permissions'],
  reads: [limits],
  appliesTo: notSentBySalesforce,
  run: async (context) => {
    const limit = (await context.read(limits))['SingleEmail'];
    if (limit === undefined) return skip('The org does not tell this limit.');
    const used = limit.Max - limit.Remaining;
    const end = forecast(used, limit.Max, context);
    const data = { used, left: limit.Remaining, most: limit.Max, usedUpAt: end };
    const remedy = [
      { text: `The counter starts anew at midnight GMT, in ${hoursUntilMidnight(context)} hours.` },
      ...(context.org.identity.kind === 'developer' || context.org.identity.kind === 'trial'
        ? [{ text: 'Developer Editions and trials stay at 50 a day: test in a sandbox of a paid edition.' }]
        : [{ text: 'For more than that a day, send through an e-mail service: blueprint.options.emailService.' }]),
    ];
    if (limit.Remaining <= 0) return fail(`All ${limit.Max} mails of today are used up.`, { data, remedy });
    const summary = `${limit.Remaining} of ${limit.Max} left today${end === undefined ? '' : `; at this pace used up at ${end.slice(11, 16)} GMT`}`;
    return end !== undefined || limit.Remaining < limit.Max / 10
      ? warn(summary, { data, remedy })
      : pass(summary, { data });
  },
};

/** When the day's mails are used up if it goes on like this; undefined if they last. ISO 8601. */
function forecast(used: number, most: number, { now }: CheckContext): string | undefined {
  const sinceMidnight = now % dayMs;
  // An hour is the least by which a pace is judged: a burst just after midnight is none.
  if (used === 0 || used >= most || sinceMidnight < hourMs) return undefined;
  const needed = (sinceMidnight / used) * most;
  return needed >= dayMs ? undefined : new Date(now - sinceMidnight + needed).toISOString();
}

function hoursUntilMidnight({ now }: CheckContext): number {
  return Math.ceil((dayMs - (now % dayMs)) / hourMs);
}
