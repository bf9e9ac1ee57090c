import type { BlueprintComponent } from '../../blueprint/blueprint.ts';
import type { OrgApex } from '../org/org-components.ts';
import { underMarkerOf } from './code-lines.ts';
import type { UpgradeDecision } from './decide-upgrade.ts';
import type { UpgradeItem } from './upgrade-item.ts';

/** What is sent for a decision; undefined where nothing is. */
export function targetComponent({ item, action }: UpgradeDecision): BlueprintComponent | undefined {
  switch (action) {
    case 'leave':
    case 'undecided':
      return undefined;
    case 'replace':
      return item.component;
    case 'update':
      return withMetaOfOrg(item, true);
    case 'merge':
      return withBody(withMetaOfOrg(item, true), item.texts?.merged ?? []);
    case 'settle':
      return withBody(withMetaOfOrg(item, false), item.texts?.org ?? []);
  }
}

/** The lines that the org would hold after a decision; undefined where its Apex stays as it is, or it is none. */
export function linesAfter({ item, action }: UpgradeDecision): string[] | undefined {
  if (item.texts === undefined) return undefined;
  switch (action) {
    case 'update':
    case 'replace':
      return item.texts.template;
    case 'merge':
      return item.texts.merged;
    case 'leave':
    case 'settle':
    case 'undecided':
      return undefined;
  }
}

function withBody(component: BlueprintComponent, lines: readonly string[]): BlueprintComponent {
  const content = underMarkerOf(component, lines);
  return {
    ...component,
    files: component.files.map((file) => (file.path.endsWith('-meta.xml') ? file : { ...file, content })),
  };
}

/**
 * A trigger that somebody switched off stays off, and an API version that somebody raised stays: both are edits of the org.
 * @param raise whether a lower API version becomes the blueprint's
 */
function withMetaOfOrg({ component, existing }: UpgradeItem, raise: boolean): BlueprintComponent {
  if (existing === undefined) return component;
  return {
    ...component,
    files: component.files.map((file) =>
      file.path.endsWith('-meta.xml') ? { ...file, content: metaOfOrg(file.content, existing, raise) } : file,
    ),
  };
}

function metaOfOrg(meta: string, { apiVersion, status }: OrgApex, raise: boolean): string {
  return meta
    .replace(/(<apiVersion>)([\d.]+)/, (_whole, tag: string, wanted: string) => {
      const lower = Number(apiVersion) < Number(wanted);
      return `${tag}${raise && lower ? wanted : apiVersion}`;
    })
    .replace(/(<status>)\w+/, `$1${status}`);
}
