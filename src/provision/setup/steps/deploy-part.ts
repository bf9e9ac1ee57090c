import { planDeploy, pendingItems } from '../../plan/plan.ts';
import type { SetupFacts } from '../facts/setup-facts.ts';
import type { BlueprintPart, Change, PlannedComponent } from '../plan/change.ts';
import type { SetupWish } from '../wish/setup-wish.ts';

/** The deployment that brings one part of the blueprint to what is wanted; empty when the org has it. */
export function deployPart(part: BlueprintPart, facts: SetupFacts, wish: SetupWish): Change[] {
  const components = pendingComponents(part, facts, wish);
  return components.length === 0 ? [] : [{ kind: 'deploy', part, components }];
}

function pendingComponents(part: BlueprintPart, facts: SetupFacts, wish: SetupWish): PlannedComponent[] {
  return pendingItems(planDeploy(wish.parts[part], facts.components, wish.whole)).flatMap((item) =>
    item.action === 'unchanged'
      ? []
      : [
          {
            type: item.component.type,
            fullName: item.component.fullName,
            action: item.action,
            differences: item.differences,
          },
        ],
  );
}
