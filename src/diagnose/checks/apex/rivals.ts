import { findRivals } from '../../../provision/plan/hand-made.ts';
import type { Check } from '../../check.ts';
import { fail, pass } from '../../finding.ts';
import { components } from '../../readings/apex.ts';
import { inSetup } from '../../setup-page.ts';

export const rivals: Check = {
  id: 'apex.rivals',
  title: 'No other trigger does the same work',
  group: 'apex',
  why: 'A second trigger that sends mail or calls OpenCX doubles everything: customers get each reply twice, OpenCX each event.',
  mending: 'opencx-sf verify --fix switches the other trigger off (a copy is kept), or name it with --keep.',
  requires: ['org.permissions'],
  reads: [components],
  fix: ['apex'],
  run: async (context) => {
    const found = findRivals(context.drawn.whole, await context.read(components));
    const data = { triggers: found.map(({ trigger, kind }) => ({ name: trigger.name, object: trigger.object, kind })) };
    if (found.length === 0) return pass('none', { data });
    return fail(
      `${found.map(({ trigger }) => trigger.name).join(', ')} ${found.length === 1 ? 'does' : 'do'} what ours do: everything happens twice.`,
      {
        data,
        evidence: found.map(({ trigger, evidence }) => `${trigger.name} on ${trigger.object ?? '?'} ${evidence}`),
        remedy: [inSetup(context, 'ApexTriggers/home', 'Or switch it off by hand: in a sandbox under Apex Triggers.')],
      },
    );
  },
};
