import { metadataTypeNamed, parentTypeOf } from '../types/metadata-type.ts';

/** Where a component lies in an mdapi package. */
export function pathOf(type: string, fullName: string): string {
  const own = metadataTypeNamed(type);
  if (own !== undefined) return `${own.folder}/${fullName}.${own.suffix}`;
  const parent = parentTypeOf(type);
  if (parent === undefined) throw new Error(`The local org has no folder for ${type}`);
  return `${parent.folder}/${fullName.slice(0, fullName.indexOf('.'))}.${parent.suffix}`;
}
