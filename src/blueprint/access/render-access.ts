import type { BlueprintSettings } from '../../config/blueprint-settings.ts';
import type { BlueprintComponent } from '../blueprint.ts';
import { withMarker } from '../marker.ts';
import { renderTemplate } from '../rendering/render.ts';
import { templateContext } from '../rendering/template-context.ts';

/** Name of the permission set that makes a minimal profile enough; beside the one with the fields. */
export function accessSetName(settings: Pick<BlueprintSettings, 'names'>): string {
  return `${settings.names.permissionSet}_Access`;
}

/**
 * The permission set of an integration user on a minimal profile: API, sending mail, Cases and Contacts.
 * @param settings validated by `renderBlueprint` before
 */
export async function renderAccess(settings: BlueprintSettings): Promise<BlueprintComponent> {
  const fullName = accessSetName(settings);
  const role = 'integration-access';
  const { content, marker } = withMarker(
    await renderTemplate('metadata/integration-access', templateContext(settings)),
    role,
    1,
  );
  const files = [{ path: `permissionsets/${fullName}.permissionset`, content }];
  return { type: 'PermissionSet', fullName, role, files, marker };
}
