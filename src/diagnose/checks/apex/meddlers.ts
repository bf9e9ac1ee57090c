import { findRivals, withoutComments } from '../../../provision/plan/hand-made.ts';
import type { OrgApex } from '../../../provision/org/org-components.ts';
import type { Check } from '../../check.ts';
import { pass, warn } from '../../finding.ts';
import { components } from '../../readings/apex.ts';
import { inSetup } from '../../setup-page.ts';

export const meddlers: Check = {
  id: 'apex.meddlers',
  title: 'No other trigger closes Cases or gives them to others',
  group: 'apex',
  why: 'A Case that is closed or reassigned by a trigger looks to OpenCX as if a rep had taken over, and the AI stops.',
  mending: 'Let that trigger leave out Cases of OpenCX (Case_From__c).',
  requires: ['org.permissions'],
  reads: [components],
  run: async (context) => {
    const read = await context.read(components);
    const own = new Set(context.drawn.parts.apex.components.map(({ fullName }) => fullName.toLowerCase()));
    const rivals = new Set(findRivals(context.drawn.whole, read).map(({ trigger }) => trigger.id));
    const found = read.apex
      .filter(
        (one) =>
          one.type === 'ApexTrigger' &&
          one.status === 'Active' &&
          !own.has(one.name.toLowerCase()) &&
          !rivals.has(one.id),
      )
      .flatMap((trigger) => {
        const acts = actsOf(trigger);
        return acts.length === 0 ? [] : [{ trigger, acts }];
      });
    const data = { triggers: found.map(({ trigger, acts }) => ({ name: trigger.name, acts })) };
    if (found.length === 0) return pass('none', { data });
    return warn(`${found.map(({ trigger }) => trigger.name).join(', ')} may work against the integration.`, {
      data,
      evidence: found.map(({ trigger, acts }) => `${trigger.name} on ${trigger.object ?? '?'} ${acts.join(' and ')}`),
      remedy: [inSetup(context, 'ApexTriggers/home', 'See whether it should leave out Cases of OpenCX.')],
    });
  },
};

/** By its text alone: what it does by way of classes is not seen. */
function actsOf({ body, object }: OrgApex): string[] {
  if (object !== 'Case' && object !== 'EmailMessage') return [];
  const code = withoutComments(body);
  return [
    ...(/\.\s*Status\s*=(?!=)/i.test(code) ? ['sets Status'] : []),
    ...(/\.\s*OwnerId\s*=(?!=)/i.test(code) ? ['sets OwnerId'] : []),
  ];
}
