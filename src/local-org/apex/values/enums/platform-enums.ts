import { findPlatformClass } from '../../platform/platform.ts';
import { classType } from '../../types/type.ts';
import { EnumValue } from './enum-value.ts';

const known = new Map<string, readonly EnumValue[]>();

/**
 * The constants of an enum of the platform in their order, always the same objects.
 * @param typeName e.g. `System.RoundingMode`
 */
export function platformConstants(typeName: string): readonly EnumValue[] {
  const symbol = findPlatformClass(typeName);
  if (symbol?.kind !== 'enum') throw new Error(`The platform data has no enum ${typeName}.`);
  const made = known.get(symbol.name);
  if (made !== undefined) return made;
  const type = classType(symbol);
  const constants = Array.from(symbol.members().fields.values())
    .filter((field) => field.kind === 'constant')
    .map((field, ordinal) => new EnumValue(type, field.name, ordinal));
  known.set(symbol.name, constants);
  return constants;
}

/**
 * One constant of an enum of the platform, its name in any case.
 * @param typeName e.g. `System.RoundingMode`
 */
export function platformConstant(typeName: string, constant: string): EnumValue {
  const key = constant.toLowerCase();
  const found = platformConstants(typeName).find((one) => one.name.toLowerCase() === key);
  if (found === undefined) throw new Error(`The platform data has no ${typeName}.${constant}.`);
  return found;
}
