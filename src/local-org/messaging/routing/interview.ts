import { listOf, textOf } from '../../metadata/elements/metadata-value.ts';
import type { MetadataValue } from '../../metadata/elements/metadata-value.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { FieldValue } from '../../state/record-store.ts';
import { elementsOf } from './flow-elements.ts';
import type { FlowElement } from './flow-elements.ts';

/** A record in a flow: fields as they are stored, and those that the flow gave other values since. */
export interface FlowRecord {
  readonly fields: Readonly<Record<string, FieldValue>>;
  readonly changed: Readonly<Record<string, FieldValue>>;
}

/** What a resource of a flow holds; null is no value. */
export type FlowValue = string | number | boolean | null | FlowRecord | readonly FlowRecord[];

/** One run of a flow. */
export interface Interview {
  readonly org: OrgState;
  readonly flow: MetadataValue;
  readonly elements: ReadonlyMap<string, FlowElement>;
  /** Variables, constants and outputs of elements, by name in lower case. */
  readonly values: Map<string, FlowValue>;
  /** In whose name it writes. */
  readonly userId: string;
}

/**
 * A run with every resource at its first value.
 * @param literal reads a `value` element
 * @param inputs values of input variables; what is no input variable of the flow is not taken
 */
export function openInterview(
  run: Omit<Interview, 'elements' | 'values'>,
  literal: (value: MetadataValue, interview: Interview) => FlowValue,
  inputs: ReadonlyMap<string, FlowValue>,
): Interview {
  const interview: Interview = { ...run, elements: elementsOf(run.flow), values: new Map() };
  // What an element gives is null until the flow has come to it.
  for (const lookup of listOf(run.flow, 'recordLookups')) interview.values.set(nameOf(lookup), null);
  for (const resource of [...listOf(run.flow, 'constants'), ...listOf(run.flow, 'variables')]) {
    interview.values.set(nameOf(resource), literal(listOf(resource, 'value')[0] ?? {}, interview));
  }
  for (const variable of listOf(run.flow, 'variables')) {
    const given = inputs.get(nameOf(variable));
    if (variable['isInput'] === true && given !== undefined) interview.values.set(nameOf(variable), given);
  }
  return interview;
}

function nameOf(resource: MetadataValue): string {
  return (textOf(resource, 'name') ?? '').toLowerCase();
}
