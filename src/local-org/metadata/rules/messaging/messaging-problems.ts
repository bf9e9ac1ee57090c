import type { MetadataProblem } from '../../elements/metadata-problem.ts';

/** An element that must say something. */
export function required(element: string): MetadataProblem {
  return { statusCode: 'REQUIRED_FIELD_MISSING', message: `Required field is missing: ${element}` };
}

/** An element that names what is not there. */
export function noSuch(element: string, type: string, name: string): MetadataProblem {
  return {
    statusCode: 'INVALID_CROSS_REFERENCE_KEY',
    message: `In field: ${element} - no ${type} named ${name} found`,
  };
}

/** A number outside its range; nothing where there is none. */
export function outOfRange(element: string, field: unknown, least: number, most: number): MetadataProblem | undefined {
  if (typeof field !== 'number' || (Number.isInteger(field) && field >= least && field <= most)) return undefined;
  return {
    statusCode: 'NUMBER_OUTSIDE_VALID_RANGE',
    message: `${element}: value must be a whole number from ${least} to ${most}: ${field}`,
  };
}
