import type { BlueprintComponent } from '../../blueprint/blueprint.ts';
import { metadataValues, type MetadataValues } from '../../salesforce/metadata/metadata-xml.ts';
import type { Org } from '../../salesforce/org.ts';
import { bodyOf } from '../org/component-files.ts';
import type { OrgMetadata } from '../org/org-components.ts';
import { refusalOf } from './refusal.ts';

/**
 * Reads a component of an External Client App by SOAP, the only API that tells all of it.
 * @returns undefined if the org has none of that name; `unread` if this session cannot tell: its token has JWT format, or
 *   the org keeps what belongs to OAuth consumers to itself
 */
export async function readAppComponent(
  org: Org,
  component: BlueprintComponent,
): Promise<OrgMetadata | 'unread' | undefined> {
  const { type, fullName } = component;
  if (!org.hasOpaqueToken()) return 'unread';
  try {
    const values = await org.readMetadata(type, fullName, `reading ${type} ${fullName}`);
    if (values === undefined) return undefined;
    return { type, fullName, id: `${type} ${fullName}`, values: comparable(values, metadataValues(bodyOf(component))) };
  } catch (error) {
    if (refusalOf(error) !== undefined) return 'unread';
    throw error;
  }
}

/**
 * An app's values as they may be compared and kept: without the secret, which some orgs put among them, and with lists in
 * the order that is wanted, as theirs means nothing.
 */
export function comparable(values: MetadataValues, wanted: MetadataValues): MetadataValues {
  const { consumerSecret: _, ...kept } = values;
  for (const [element, text] of Object.entries(wanted)) {
    if (element.startsWith('commaSeparated') && sameItems(kept[element], text)) kept[element] = text;
  }
  return kept;
}

function sameItems(one: unknown, other: unknown): boolean {
  return itemsOf(one).join() === itemsOf(other).join();
}

function itemsOf(list: unknown): string[] {
  return typeof list === 'string'
    ? list
        .split(',')
        .map((item) => item.trim())
        .sort()
    : [];
}
