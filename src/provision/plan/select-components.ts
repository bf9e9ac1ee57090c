import type { Blueprint } from '../../blueprint/blueprint.ts';
import { OpencxError } from '../../errors/opencx-error.ts';

/**
 * Narrows a blueprint to types and names, without regard to case.
 * @param only e.g. `['ApexTrigger', 'Case.Case_From__c']`; empty leaves everything
 * @throws OpencxError USAGE if one of them names nothing
 */
export function selectComponents(blueprint: Blueprint, only: readonly string[]): Blueprint {
  if (only.length === 0) return blueprint;
  const wishes = new Set(only.map((wish) => wish.toLowerCase()));
  const names = (component: Blueprint['components'][number]) => [
    component.type.toLowerCase(),
    component.fullName.toLowerCase(),
  ];
  const known = new Set(blueprint.components.flatMap(names));
  const unknown = only.filter((wish) => !known.has(wish.toLowerCase()));
  if (unknown.length > 0) {
    throw new OpencxError('USAGE', {
      message: `--only names nothing that is deployed: ${unknown.join(', ')}.`,
      nextSteps: [`There is: ${blueprint.components.map((one) => `${one.type} ${one.fullName}`).join(', ')}`],
    });
  }
  return {
    ...blueprint,
    components: blueprint.components.filter((component) => names(component).some((name) => wishes.has(name))),
  };
}
