import type { MetadataProblem } from '../../elements/metadata-problem.ts';
import { listOf, textOf } from '../../elements/metadata-value.ts';
import type { MetadataValue } from '../../elements/metadata-value.ts';
import { apiNameProblem } from '../names.ts';
import { notImplementedProblem } from '../not-implemented.ts';
import { outOfRange, required } from './messaging-problems.ts';

/** Types of parameters whose values are text, numbers or yes and no; the others need records, times or lists. */
const TYPES: ReadonlySet<string> = new Set(['String', 'Number', 'Boolean']);

/** Names that stand for the standard parameters of a pre-chat form. */
const RESERVED: ReadonlySet<string> = new Set(['_firstname', '_lastname', '_email', '_subject']);

/** Longest text of a parameter; the bound is ours, that of a text field, as none is documented. */
const LONGEST = 255;

/**
 * Custom parameters of a channel: names and Channel Variable Names differ from each other, and each mapping names a flow's
 * variable once. Whether the flow has the variable is not looked at: it may come later.
 */
export function customParametersProblem(parameters: readonly MetadataValue[]): MetadataProblem | undefined {
  for (const parameter of parameters) {
    const problem = parameterProblem(parameter);
    if (problem !== undefined) return problem;
  }
  return repeatedProblem(parameters, 'name') ?? repeatedProblem(parameters, 'externalParameterName');
}

function parameterProblem(parameter: MetadataValue): MetadataProblem | undefined {
  const name = textOf(parameter, 'name') ?? '';
  const badName = apiNameProblem(name, 'Parameter Name');
  if (badName !== undefined) return { message: badName };
  const external = textOf(parameter, 'externalParameterName') ?? '';
  if (RESERVED.has(external.toLowerCase())) {
    return { message: `externalParameterName: ${external} is reserved for a standard parameter` };
  }
  if (!/^[A-Za-z]\w*$/.test(external)) {
    return { message: `externalParameterName must begin with a letter and hold letters, digits and _: ${external}` };
  }
  const type = textOf(parameter, 'parameterDataType') ?? '';
  if (!TYPES.has(type)) return { message: notImplementedProblem(`channel parameters of type ${type}`) };
  if (type === 'String' && parameter['maxLength'] === undefined) return required('maxLength');
  return (
    outOfRange('maxLength', parameter['maxLength'], 1, LONGEST) ??
    repeatedProblem(listOf(parameter, 'actionParameterMappings'), 'actionParameterName')
  );
}

function repeatedProblem(values: readonly MetadataValue[], element: string): MetadataProblem | undefined {
  const names = values.map((value) => (textOf(value, element) ?? '').toLowerCase());
  const repeated = names.find((name, index) => names.indexOf(name) < index);
  if (repeated === undefined) return undefined;
  return { statusCode: 'DUPLICATE_VALUE', message: `duplicate value found: ${element} ${repeated}` };
}
