import { listOf, textOf } from '../../metadata/elements/metadata-value.ts';
import type { MetadataValue } from '../../metadata/elements/metadata-value.ts';
import type { ChannelParameter } from '../deployment/messaging-deployment.ts';
import type { FlowValue } from './interview.ts';

/**
 * Values of input variables from routing attributes, by names in lower case. An attribute finds its parameter by its exact
 * name, and one that finds none is dropped without a word, as clients report it. What is too long for its parameter or does
 * not fit the variable is dropped too: whether Salesforce cuts, refuses or drops it is not known.
 */
export function inputValues(
  flow: MetadataValue,
  parameters: readonly ChannelParameter[],
  attributes: Readonly<Record<string, string>>,
): Map<string, FlowValue> {
  const types = new Map(
    listOf(flow, 'variables').map((variable) => [
      textOf(variable, 'name')?.toLowerCase() ?? '',
      textOf(variable, 'dataType'),
    ]),
  );
  const values = new Map<string, FlowValue>();
  for (const { externalName, maxLength, flowVariables } of parameters) {
    const text = Object.hasOwn(attributes, externalName) ? attributes[externalName] : undefined;
    if (text === undefined || text.length > (maxLength ?? Infinity)) continue;
    for (const variable of flowVariables) {
      const value = converted(text, types.get(variable.toLowerCase()));
      if (value !== undefined) values.set(variable.toLowerCase(), value);
    }
  }
  return values;
}

function converted(text: string, type: string | undefined): FlowValue | undefined {
  if (type === 'String') return text;
  if (type === 'Number') return text.trim() === '' || Number.isNaN(Number(text)) ? undefined : Number(text);
  if (type === 'Boolean' && /^(?:true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  return undefined;
}
