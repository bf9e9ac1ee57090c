import { elementsOf, textOf } from '../../../provision/messaging/channel/channel-values.ts';

type FlowMetadata = Readonly<Record<string, unknown>>;

/** A variable of a flow. */
export interface FlowVariable {
  name: string;
  isInput: boolean;
}

export function variablesOf(flow: FlowMetadata): FlowVariable[] {
  return elementsOf(flow, 'variables').map((variable) => ({
    name: textOf(variable, 'name'),
    isInput: textOf(variable, 'isInput') === 'true',
  }));
}

/** Whether any element of a flow uses a variable, as a reference or merged into text. */
export function uses(flow: FlowMetadata, variable: string): boolean {
  const { variables: _, ...elements } = flow;
  const name = variable.toLowerCase();
  return textsIn(elements).some((text) => {
    const lower = text.toLowerCase();
    return lower === name || lower.startsWith(`${name}.`) || lower.includes(`{!${name}`);
  });
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

/** The elements that give a session to somebody: Route Work. */
function routeWorkOf(flow: FlowMetadata): FlowMetadata[] {
  return elementsOf(flow, 'actionCalls').filter((one) =>
    [textOf(one, 'actionType'), textOf(one, 'actionName')].includes('routeWork'),
  );
}

/** How a flow routes. */
export interface FlowRouting {
  /** Route Work elements. */
  elements: number;
  /** Flows that it starts, which may route as well and are not looked into. */
  subflows: readonly string[];
  /** Ids or DeveloperNames of queues that it names. */
  queues: readonly string[];
  /** Some element takes its queue from what only a running flow knows, or routes by skills or to a person. */
  hasOthers: boolean;
}

export function routingOf(flow: FlowMetadata): FlowRouting {
  const elements = routeWorkOf(flow);
  const found = elements.map((element) => queueOf(flow, element));
  const subflows = elementsOf(flow, 'subflows').map((one) => textOf(one, 'flowName'));
  return {
    elements: elements.length,
    subflows,
    queues: [...new Set(found.filter((queue) => queue !== undefined))],
    hasOthers: subflows.length > 0 || found.includes(undefined),
  };
}

/** A queue is named by its id, or by a Get Records of Group that looks for a DeveloperName. */
function queueOf(flow: FlowMetadata, element: FlowMetadata): string | undefined {
  const input = elementsOf(element, 'inputParameters').find((one) => textOf(one, 'name') === 'queueId');
  const [value = {}] = elementsOf(input ?? {}, 'value');
  const literal = textOf(value, 'stringValue');
  if (literal !== '') return literal;
  const [source] = textOf(value, 'elementReference').split('.');
  const lookup = elementsOf(flow, 'recordLookups').find(
    (one) => textOf(one, 'name') === source && textOf(one, 'object') === 'Group',
  );
  const filter = elementsOf(lookup ?? {}, 'filters').find(
    (one) => textOf(one, 'field') === 'DeveloperName' && textOf(one, 'operator') === 'EqualTo',
  );
  const [name = {}] = elementsOf(filter ?? {}, 'value');
  return textOf(name, 'stringValue') || undefined;
}
