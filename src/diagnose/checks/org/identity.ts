import { isUnfitEdition } from '../../../provision/setup/steps/preflight.ts';
import type { Check } from '../../check.ts';
import { fail, pass } from '../../finding.ts';

export const identity: Check = {
  id: 'org.identity',
  title: 'The org is one that can take the integration',
  group: 'org',
  why: 'Starter, Group and Personal editions have neither Apex nor External Client Apps: nothing of the set-up can be there.',
  mending: 'Use an org of the Enterprise, Unlimited, Performance or Developer Edition.',
  requires: [],
  reads: [],
  run: ({ org }) => {
    const { id, name, edition, kind } = org.identity;
    const data = { id, name, edition, kind };
    const summary = `${name}, ${edition}, ${kind}, ${id}`;
    if (!isUnfitEdition(edition)) return pass(summary, { data });
    return fail(`${edition} has neither Apex nor External Client Apps.`, {
      evidence: [summary],
      data,
      remedy: [{ text: 'Use an org of the Enterprise, Unlimited, Performance or Developer Edition.' }],
    });
  },
};
