/**
 * Metadata that was read, as it may be sent back: elements in the order of the WSDL, which is that of the alphabet, as others
 * are dropped without a word; what is nil is left out.
 */
export function inWsdlOrder(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(values)
    .filter(([name, value]) => !name.startsWith('$') && !isNil(value))
    .sort(([one], [other]) => order(one) - order(other) || compare(one, other));
  return Object.fromEntries(entries.map(([name, value]) => [name, ordered(value)]));
}

/** `fullName` belongs to the type that all metadata extends, and so stands first. */
function order(name: string): number {
  return name === 'fullName' ? 0 : 1;
}

/** By code unit, as the WSDL has it: `authIdentifier` before `authorizationType`. */
function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((one) => !isNil(one)).map(ordered);
  return typeof value === 'object' && value !== null ? inWsdlOrder(value as Record<string, unknown>) : value;
}

function isNil(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value !== 'object' || !('$' in value)) return false;
  const { $: attributes } = value;
  return typeof attributes === 'object' && attributes !== null && 'xsi:nil' in attributes;
}
