import type { Check } from '../../check.ts';
import { pass, warn } from '../../finding.ts';
import { recordFlows, type RecordFlow } from '../../readings/flows.ts';
import { inSetup } from '../../setup-page.ts';

export const flows: Check = {
  id: 'apex.flows',
  title: 'No flow mails customers, or closes or reassigns their Cases, beside the triggers',
  group: 'apex',
  why: 'A flow that answers too means double mail; one that closes or reassigns Cases makes the AI stop, or the session end.',
  mending: 'Look at the flow in Setup → Flows; let it leave out Cases of OpenCX (Case_From__c), or deactivate it.',
  requires: ['org.permissions'],
  reads: [recordFlows],
  run: async (context) => {
    const found = (await context.read(recordFlows)).flatMap((flow) => {
      const acts = actsOf(flow);
      return acts.length === 0 ? [] : [{ ...flow, acts }];
    });
    const data = { flows: found.map(({ name, object, acts }) => ({ name, object, acts })) };
    if (found.length === 0) return pass('none', { data });
    return warn(`${found.map(({ label }) => label).join(', ')} may work against the integration.`, {
      data,
      evidence: found.map(({ name, object, acts }) => `${name}, started by ${object}, ${acts.join(', ')}`),
      remedy: [inSetup(context, 'Flows/home', 'Look whether the flow should leave out Cases of OpenCX.')],
    });
  },
};

const mailActions = /^(?:email(?:Simple|Alert)|sendEmail|emailalert)/i;

/** What a flow does that matters here, as its elements say. */
function actsOf({ metadata }: RecordFlow): string[] {
  if (metadata === undefined) return ['whose elements could not be read'];
  const actions = listOf(metadata['actionCalls']);
  const updates = [...listOf(metadata['recordUpdates']), ...listOf(metadata['assignments'])];
  return [
    ...(actions.some(
      ({ actionType, actionName }) => mailActions.test(String(actionType)) || mailActions.test(String(actionName)),
    )
      ? ['sends mail']
      : []),
    ...(sets(updates, 'OwnerId') ? ['changes the owner'] : []),
    ...(sets(updates, 'Status') ? ['changes the status'] : []),
  ];
}

function sets(elements: readonly Record<string, unknown>[], field: string): boolean {
  return elements.some((element) =>
    [
      ...listOf(element['inputAssignments']).map((one) => String(one['field'])),
      ...listOf(element['assignmentItems']).map((one) => String(one['assignToReference']).split('.').at(-1)),
    ].includes(field),
  );
}

function listOf(value: unknown): Record<string, unknown>[] {
  return [value ?? []].flat() as Record<string, unknown>[];
}
