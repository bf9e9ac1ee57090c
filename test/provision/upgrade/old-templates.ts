import type { Blueprint, BlueprintComponent } from '../../../src/blueprint/blueprint.ts';
import { withMarker } from '../../../src/blueprint/marker.ts';
import { renderBlueprint } from '../../../src/blueprint/blueprint.ts';
import { bodyOf } from '../../../src/provision/org/component-files.ts';
import { codeLines } from '../../../src/provision/upgrade/code-lines.ts';
import { testSettings } from '../../blueprint/variants.ts';

/** Changes a rendered text into what an older template would have given. */
export type Changes = Record<string, (text: string) => string>;

/** Today's blueprint, as the stories' inputs render it. */
export async function todaysBlueprint(webhookUrl = 'http://127.0.0.1:9/hook'): Promise<Blueprint> {
  return await renderBlueprint(testSettings({ webhookUrl }));
}

/** A blueprint as older templates would have rendered it: some texts differ, and their version is one lower. */
export function withOldTemplates(blueprint: Blueprint, changes: Changes): Blueprint {
  return {
    ...blueprint,
    components: blueprint.components.map((component) => {
      const change = changes[component.fullName];
      return change === undefined || !component.type.startsWith('Apex') ? component : older(component, change);
    }),
  };
}

/** A blueprint from before a field of Cases was thought of. */
export function withoutCaseField(blueprint: Blueprint, field: string): Blueprint {
  const grant = new RegExp(
    String.raw` {4}<fieldPermissions>\n.*\n +<field>Case\.${field}</field>\n[\s\S]*?</fieldPermissions>\n`,
  );
  return {
    ...blueprint,
    components: blueprint.components
      .filter(({ fullName }) => fullName !== `Case.${field}`)
      .map((component) => (component.role === 'permission-set' ? without(component, grant) : component)),
  };
}

function without(component: BlueprintComponent, part: RegExp): BlueprintComponent {
  const [file] = component.files;
  if (file === undefined || !part.test(file.content)) throw new Error(`${component.fullName} has no such part`);
  const bare = file.content
    .replace(/^<!-- opencx-sf .*\n/m, '')
    .replace(/\[opencx-sf template=[^\]]*\]/, '[opencx-sf]')
    .replace(part, '');
  const { content, marker } = withMarker(bare, component.marker.template, component.marker.version);
  return { ...component, files: [{ ...file, content }], marker };
}

function older(component: BlueprintComponent, change: (text: string) => string): BlueprintComponent {
  const bare = `${codeLines(bodyOf(component)).join('\n')}\n`;
  const changed = change(bare);
  if (changed === bare) throw new Error(`the old ${component.fullName} is the same as the new one`);
  const { content, marker } = withMarker(changed, component.marker.template, component.marker.version - 1);
  const files = component.files.map((file) => (file.path.endsWith('-meta.xml') ? file : { ...file, content }));
  return { ...component, files, marker };
}

export function componentOf(blueprint: Blueprint, fullName: string): BlueprintComponent {
  const found = blueprint.components.find((one) => one.fullName === fullName);
  if (found === undefined) throw new Error(`no ${fullName}`);
  return found;
}
