import type { Check } from '../../check.ts';
import { fail, pass, warn } from '../../finding.ts';

/** Assertions of the JWT login are good for three minutes, and Salesforce allows as much the other way. */
const failsAfterMs = 180_000;
const warnsAfterMs = 30_000;

export const clock: Check = {
  id: 'org.clock',
  title: 'The clock of this machine agrees with that of the org',
  group: 'org',
  why: 'JWT logins carry the time: with a clock that is wrong by minutes they are refused as expired or not yet valid.',
  mending: 'Set the clock of this machine (switch on NTP).',
  requires: [],
  reads: [],
  run: ({ org }) => {
    const ahead = org.clockAhead();
    if (ahead === undefined) return warn('The org does not say what time it is.');
    const seconds = Math.round(Math.abs(ahead) / 1000);
    const data = { aheadMs: ahead };
    const remedy = [{ text: 'Set the clock of this machine, e.g. by switching on NTP.' }];
    const summary = `This machine is ${seconds} seconds ${ahead > 0 ? 'ahead of' : 'behind'} the org.`;
    if (Math.abs(ahead) > failsAfterMs) return fail(summary, { data, remedy });
    return Math.abs(ahead) > warnsAfterMs ? warn(summary, { data, remedy }) : pass('agrees', { data });
  },
};
