import { findRivals } from '../../plan/hand-made.ts';
import type { SetupFacts } from '../facts/setup-facts.ts';
import type { PlannedComponent } from '../plan/change.ts';
import type { SetupWish } from '../wish/setup-wish.ts';
import { deployPart } from './deploy-part.ts';
import type { PlanWishes, SetupStep } from './setup-step.ts';

/** Class, triggers and tests, with tests run; and older triggers that would do the same work twice. */
export const apex: SetupStep = {
  id: 'apex',
  title: 'Apex',
  requires: () => ['webhook'],
  permissions: ['ModifyMetadata', 'AuthorApex'],
  plan(facts, wish, wishes) {
    const rivals = rivalsToSwitchOff(facts, wish, wishes);
    const [own] = deployPart('apex', facts, wish);
    if (rivals.length === 0) return { changes: own === undefined ? [] : [own] };
    const components = own?.kind === 'deploy' ? own.components : [];
    return { changes: [{ kind: 'deploy', part: 'apex', components: [...components, ...rivals] }] };
  },
};

function rivalsToSwitchOff(facts: SetupFacts, wish: SetupWish, { keep }: PlanWishes): PlannedComponent[] {
  const kept = new Set(keep.map((name) => name.toLowerCase()));
  return findRivals(wish.whole, facts.components)
    .filter(({ trigger }) => !kept.has(trigger.name.toLowerCase()))
    .map(({ trigger, evidence }) => ({
      type: 'ApexTrigger',
      fullName: trigger.name,
      action: 'update',
      differences: [`switch off, since it ${evidence}`],
    }));
}
