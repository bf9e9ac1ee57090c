import type { UpgradeDecision } from '../../provision/upgrade/decide-upgrade.ts';
import type { Colour } from '../../terminal/colour-level.ts';
import { conflictLine, shownChange } from './present-diff.ts';
import type { UpgradeComponent } from './result-schema.ts';

/** A component as `--json` prints it; its shape is published as schemas/upgrade.schema.json. */
export function componentJson(decision: UpgradeDecision, plain: Colour): UpgradeComponent {
  const { item, action } = decision;
  const { component, status, fromVersion, differences, texts } = item;
  const diff = shownChange(decision, plain).text;
  return {
    type: component.type,
    fullName: component.fullName,
    status,
    action,
    ...(fromVersion === undefined ? {} : { fromVersion }),
    toVersion: component.marker.version,
    differences,
    ...(texts?.editedLines === undefined ? {} : { editedLines: texts.editedLines }),
    conflicts: (texts?.conflicts ?? []).map((conflict) => ({
      line: conflictLine(conflict),
      org: conflict.org,
      oldTemplate: conflict.base,
      newTemplate: conflict.template,
    })),
    ...(diff === '' ? {} : { diff }),
  };
}
