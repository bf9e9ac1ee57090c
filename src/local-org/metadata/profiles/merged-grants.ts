import { listOf, textOf } from '../elements/metadata-value.ts';
import type { MetadataValue } from '../elements/metadata-value.ts';

/** Lists of a profile, with the element that names what each entry is about. */
const LISTS: Readonly<Record<string, string>> = {
  classAccesses: 'apexClass',
  fieldPermissions: 'field',
  objectPermissions: 'object',
  userPermissions: 'name',
};

/**
 * A profile as it will be: a file of a profile changes what it mentions, entry by entry, and leaves all else as it is,
 * unlike the file of a permission set (Metadata API guide, "Profile").
 */
export function mergedGrants(former: MetadataValue, changes: MetadataValue): MetadataValue {
  const lists = Object.entries(LISTS).map(([element, name]) => {
    const entries = new Map<string, MetadataValue>();
    for (const entry of [...listOf(former, element), ...listOf(changes, element)]) {
      const key = (textOf(entry, name) ?? '').toLowerCase();
      entries.set(key, { ...entries.get(key), ...entry });
    }
    return [element, [...entries.values()]] as const;
  });
  return { ...former, ...changes, ...Object.fromEntries(lists) };
}
