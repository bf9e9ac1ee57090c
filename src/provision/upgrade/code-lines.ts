import type { BlueprintComponent } from '../../blueprint/blueprint.ts';
import { contentHash, readMarker } from '../../blueprint/marker.ts';
import { bodyOf } from '../org/component-files.ts';

/**
 * The lines of Apex without its marker. Orgs may store other line ends and drop the last one, and neither is an edit, so
 * both are evened out here.
 */
export function codeLines(text: string): string[] {
  const lines = text.replaceAll('\r\n', '\n').trimEnd().split('\n');
  const marker = lines.findIndex(isMarker);
  return marker === -1 ? lines : lines.toSpliced(marker, 1);
}

/** The hash that a marker has for these lines as long as nobody edits them. */
export function codeHash(lines: readonly string[]): string {
  return contentHash(`${lines.join('\n')}\n`);
}

/**
 * Lines under the marker of a rendered component. Where they are not what was rendered, its hash does not fit them: the
 * text counts as edited, and the marker tells which version of the template the edits belong to.
 */
export function underMarkerOf(component: BlueprintComponent, lines: readonly string[]): string {
  const marker = bodyOf(component).split('\n').find(isMarker) ?? '';
  return `${[marker, ...lines].join('\n')}\n`;
}

export function sameLines(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((line, index) => line === other[index]);
}

function isMarker(line: string): boolean {
  return line.startsWith('//') && readMarker(line) !== undefined;
}
