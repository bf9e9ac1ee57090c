import type { Check } from '../../check.ts';
import { fail, pass, skip, warn } from '../../finding.ts';
import { explainErrors } from '../../logs/known-errors.ts';
import { loggedFailures } from '../../readings/logs.ts';
import { notSentBySalesforce } from './applies.ts';

/** What the checks before this one look at themselves. */
const mended: ReadonlySet<string> = new Set(['SINGLE_EMAIL_LIMIT_EXCEEDED', 'NO_MASS_MAIL_PERMISSION']);

export const loggedErrors: Check = {
  id: 'email-out.logged-errors',
  title: 'Recent debug logs show no reply that was refused',
  group: 'email-out',
  why: 'The sender writes “OpenCxOutboundEmailSender sendEmail failed:” with Salesforce’s reason into the debug log: the first sign when limits or settings stop mail.',
  mending: 'The reason says what to mend; opencx-sf logs explains it.',
  requires: ['email-out.daily-limit', 'email-out.deliverability', 'email-out.send-permission'],
  reads: [loggedFailures],
  appliesTo: notSentBySalesforce,
  run: async ({ read }) => {
    const { logs, lines } = await read(loggedFailures);
    if (logs === 0) return skip('There are no recent debug logs; opencx-sf logs --tail makes some.');
    const data = { logs, failures: lines.length };
    if (lines.length === 0) return pass(`none in the newest ${logs} ${logs === 1 ? 'log' : 'logs'}`, { data });
    const known = explainErrors(lines.join('\n'));
    const summary = known[0] === undefined ? 'Replies were refused.' : `Replies were refused: ${known[0].meaning}`;
    // The checks required before this one have seen that these causes are gone.
    const isPast = known.length > 0 && known.every(({ code }) => mended.has(code));
    return (isPast ? warn : fail)(summary, {
      data: { ...data, codes: known.map(({ code }) => code) },
      evidence: lines.slice(0, 5),
      remedy: [
        ...known.map(({ mend }) => ({ text: mend })),
        { text: 'Watch what happens now', command: 'opencx-sf logs --tail' },
      ],
    });
  },
};
