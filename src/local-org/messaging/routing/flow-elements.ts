import { listOf, textOf } from '../../metadata/elements/metadata-value.ts';
import type { MetadataValue } from '../../metadata/elements/metadata-value.ts';

/** Kinds of elements that the local org runs, by the name of their list in the metadata. */
const UNDERSTOOD = ['actionCalls', 'assignments', 'decisions', 'recordLookups', 'recordUpdates'] as const;

/** Other kinds of elements that a connector can lead to. */
const OTHERS = [
  'apexPluginCalls',
  'collectionProcessors',
  'customErrors',
  'experiments',
  'loops',
  'orchestratedStages',
  'recordCreates',
  'recordDeletes',
  'recordRollbacks',
  'screens',
  'steps',
  'subflows',
  'transforms',
  'waits',
] as const;

export type ElementKind = (typeof UNDERSTOOD)[number];

/** A step of a flow. */
export interface FlowElement {
  readonly kind: ElementKind | (typeof OTHERS)[number];
  readonly name: string;
  readonly value: MetadataValue;
}

/** The elements of a flow by name in lower case: flows know no case. */
export function elementsOf(flow: MetadataValue): Map<string, FlowElement> {
  const all = [...UNDERSTOOD, ...OTHERS].flatMap((kind) =>
    listOf(flow, kind).map((value): FlowElement => ({ kind, name: textOf(value, 'name') ?? '', value })),
  );
  return new Map(all.map((element) => [element.name.toLowerCase(), element]));
}

/** Where a flow begins; undefined for one that does nothing. */
export function firstElement(flow: MetadataValue): string | undefined {
  const [start = {}] = listOf(flow, 'start');
  return connectorOf(start, 'connector') ?? textOf(flow, 'startElementReference');
}

/** Name of the element that a connector leads to. */
export function connectorOf(value: MetadataValue, connector: string): string | undefined {
  return textOf(listOf(value, connector)[0] ?? {}, 'targetReference');
}

/** Parts of a flow that the local org would not run, e.g. `loops`: to be said when it is deployed. */
export function notRunKinds(flow: MetadataValue): string[] {
  return [...OTHERS, 'formulas', 'textTemplates'].filter((kind) => listOf(flow, kind).length > 0);
}
