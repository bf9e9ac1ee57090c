import type { ServedOrg } from '../served-org.ts';

/** Everything an org holds, by path: `records / User / integration@example.com / IsActive`. */
export type FlatDump = Map<string, unknown>;

export async function dumpOf(org: ServedOrg): Promise<FlatDump> {
  const flat: FlatDump = new Map();
  flatten(await org.control('GET', '/dump'), [], flat);
  return flat;
}

const separator = ' / ';

/** Names by which rows and components are known, so that an order or an id makes no difference. */
const names = ['fullName', 'Username', 'DeveloperName', 'Name', 'Address', 'emailAddress', 'clientId', 'Id'] as const;

function flatten(value: unknown, path: readonly string[], flat: FlatDump): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) flatten(item, [...path, nameOf(item) ?? String(index)], flat);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) flatten(inner, [...path, key], flat);
  } else flat.set(path.join(separator), value);
}

function nameOf(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  const row = item as Record<string, unknown>;
  const type = typeof row['type'] === 'string' ? `${row['type']} ` : '';
  const name = names.map((one) => row[one]).find((one) => typeof one === 'string');
  return name === undefined ? undefined : `${type}${name}`;
}

/** What is in one dump and not, or otherwise, in the other. */
export function differences(before: FlatDump, after: FlatDump): string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => before.get(path) !== after.get(path)).sort();
}

/** The same as things: components, records and settings that differ in anything. */
export function differingThings(before: FlatDump, after: FlatDump): string[] {
  const things = differences(before, after).map((path) => path.split(separator).slice(0, 3).join(separator));
  return [...new Set(things)];
}
