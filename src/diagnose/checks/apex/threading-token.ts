import { withoutComments } from '../../../provision/plan/hand-made.ts';
import type { Check } from '../../check.ts';
import { fail, pass } from '../../finding.ts';
import { components } from '../../readings/apex.ts';
import { senderTexts } from './component.ts';

export const threadingToken: Check = {
  id: 'apex.threading-token',
  title: 'The sender puts the threading token into its mail',
  group: 'apex',
  why: '“Customer replies open a duplicate Case instead of threading into the original”: without getFormattedThreadingToken Email-to-Case does not find the Case of an answer.',
  mending: 'opencx-sf verify --fix deploys the current sender (a copy of the old one is kept).',
  requires: ['apex.class', 'apex.outbound-sender'],
  reads: [components],
  fix: ['apex'],
  run: async (context) => {
    const texts = await senderTexts(context);
    const calling = texts.filter(({ body }) => /\bgetFormattedThreadingToken\s*\(/i.test(withoutComments(body)));
    const names = texts.map(({ name }) => name);
    const data = { lookedAt: names };
    if (calling.length > 0)
      return pass(`getFormattedThreadingToken in ${calling.map(({ name }) => name).join(', ')}`, { data });
    return fail('The sender does not call EmailMessages.getFormattedThreadingToken: it is an older one.', {
      data,
      evidence: [`Looked at the text of ${names.join(' and ')}, comments left out.`],
    });
  },
};
