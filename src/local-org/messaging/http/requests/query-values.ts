import { badRequest } from '../scrt-error.ts';

/** A parameter that is a whole number. @throws ScrtError 400 for what is none, or out of its range */
export function wholeNumber<T extends number | undefined>(
  text: string | undefined,
  name: string,
  { least, most, otherwise }: { readonly least: number; readonly most: number; readonly otherwise: T },
): number | T {
  if (text === undefined || text === '') return otherwise;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw badRequest(`Specify ${name} as a whole number from ${least} to ${most}.`);
}
