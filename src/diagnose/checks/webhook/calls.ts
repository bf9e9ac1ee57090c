import type { Check } from '../../check.ts';
import { counted } from '../../counted.ts';
import { fail, pass } from '../../finding.ts';
import { components } from '../../readings/apex.ts';
import { casesOfOthers, jobs } from '../../readings/traffic.ts';
import { ownApex } from '../apex/component.ts';

/** A job is made in the transaction that saves the Case; a little more is the clock of another server. */
const sameMomentMs = 60_000;

export const calls: Check = {
  id: 'webhook.calls',
  title: 'New Cases make webhook calls',
  group: 'webhook',
  why: 'Cases came and no job was started: the trigger did not run, was deployed later, or stopped by itself.',
  mending: 'opencx-sf logs --tail shows what the trigger says while a Case is created.',
  requires: ['apex.case-trigger', 'webhook.credential'],
  reads: [casesOfOthers, jobs, components],
  run: async (context) => {
    const trigger = (await ownApex(context, 'case-trigger'))?.existing;
    const since = Date.parse(trigger?.lastModifiedDate ?? '');
    const cases = (await context.read(casesOfOthers)).filter(({ createdDate }) => Date.parse(createdDate) > since);
    const started = (await context.read(jobs)).map(({ createdDate }) => Date.parse(createdDate));
    const unheard = cases.filter(
      ({ createdDate }) => !started.some((time) => Math.abs(time - Date.parse(createdDate)) <= sameMomentMs),
    );
    const data = { cases: cases.length, unheard: unheard.length };
    if (unheard.length === 0)
      return pass(
        cases.length === 0 ? 'no new Cases yet' : `${counted(cases.length, 'Case', 'Cases')}, each with its job`,
        { data },
      );
    return fail(`${unheard.length} of ${counted(cases.length, 'new Case', 'new Cases')} made no webhook call.`, {
      data,
      evidence: unheard
        .slice(0, 5)
        .map(({ number, createdDate, createdBy }) => `Case ${number} of ${createdDate}, by ${createdBy}`),
      remedy: [{ text: 'Watch what the trigger says', command: 'opencx-sf logs --tail' }],
    });
  },
};
