import type { BlueprintComponent } from '../../blueprint/blueprint.ts';

/** The main file's text: Apex, or the metadata itself. */
export function bodyOf(component: BlueprintComponent): string {
  return component.files.find((file) => !file.path.endsWith('-meta.xml'))?.content ?? '';
}

/** The text of the -meta.xml beside Apex. */
export function metaOf(component: BlueprintComponent): string {
  return component.files.find((file) => file.path.endsWith('-meta.xml'))?.content ?? '';
}
