import type { ClassSymbol } from '../../symbols/symbol.ts';
import { classType } from '../../types/type.ts';
import { EnumValue } from './enum-value.ts';

const known = new WeakMap<ClassSymbol, readonly EnumValue[]>();

/** The constants of an enum of the customer's, in order. One object for each. */
export function enumConstants(symbol: ClassSymbol): readonly EnumValue[] {
  let constants = known.get(symbol);
  if (constants === undefined) {
    const fields = Array.from(symbol.members().fields.values()).filter((field) => field.kind === 'constant');
    constants = fields.map((field, ordinal) => new EnumValue(classType(symbol), field.name, ordinal));
    known.set(symbol, constants);
  }
  return constants;
}

export function enumConstant(symbol: ClassSymbol, name: string): EnumValue {
  const constant = enumConstants(symbol).find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (constant === undefined) throw new Error(`${symbol.name} has no constant ${name}.`);
  return constant;
}
