import type { BlueprintSettings } from '../config/blueprint-settings.ts';
import { componentTable, type ComponentRole, type ComponentRow, type ComponentType } from './component-table.ts';
import { withMarker, type Marker } from './marker.ts';
import { renderTemplate } from './rendering/render.ts';
import { templateContext, type TemplateContext } from './rendering/template-context.ts';
import { validateSettings } from './validation/validate.ts';

/** One file of a component. */
export interface BlueprintFile {
  /** Path in a Metadata API package, from its root, e.g. `classes/OpenSalesforceCaseManagement.cls`. */
  path: string;
  content: string;
}

/** One thing to be had by the org. */
export interface BlueprintComponent {
  type: ComponentType;
  /** As package.xml names it; a field with its object in front. */
  fullName: string;
  /** What it is for, whatever it is called. */
  role: ComponentRole;
  /** Main file first, then its -meta.xml where the type has one. A field's file is an object with that field alone. */
  files: BlueprintFile[];
  /** Object of a trigger or field. */
  object?: 'Case' | 'EmailMessage' | 'MessagingSession';
  /** Marker of the main file. */
  marker: Marker;
}

/** What OpenCX needs in an org. */
export interface Blueprint {
  /** E.g. 66.0 */
  apiVersion: string;
  components: BlueprintComponent[];
}

/**
 * Renders what the settings ask for, in memory; the same settings give the same bytes.
 * @throws OpencxError BLUEPRINT_INVALID naming every setting that cannot be rendered.
 */
export async function renderBlueprint(settings: BlueprintSettings): Promise<Blueprint> {
  validateSettings(settings);
  return renderUnvalidated(settings);
}

/**
 * Renders without validating: escaping alone must keep every value inside its literal. Exported for the tests that
 * prove it; call `renderBlueprint`.
 */
export async function renderUnvalidated(settings: BlueprintSettings): Promise<Blueprint> {
  const context = templateContext(settings);
  const rows = componentTable.filter((row) => row.when?.(settings.options) ?? true);
  return {
    apiVersion: settings.apiVersion,
    components: await Promise.all(rows.map((row) => renderComponent(row, settings, context))),
  };
}

async function renderComponent(
  row: ComponentRow,
  settings: BlueprintSettings,
  context: TemplateContext,
): Promise<BlueprintComponent> {
  const fullName = row.fullName(settings.names);
  const main = withMarker(await renderTemplate(row.template, context), row.role, row.version);
  const files = [{ path: mainPath(row, fullName), content: main.content }];
  const metaTemplate = metaTemplates[row.type];
  if (metaTemplate !== undefined) {
    const meta = withMarker(await renderTemplate(metaTemplate, context), `${row.role}-meta`, row.version);
    files.push({ path: `${mainPath(row, fullName)}-meta.xml`, content: meta.content });
  }
  return {
    type: row.type,
    fullName,
    role: row.role,
    files,
    ...(row.object === undefined ? {} : { object: row.object }),
    marker: main.marker,
  };
}

const metaTemplates: Partial<Record<ComponentType, string>> = {
  ApexClass: 'metadata/apex-class',
  ApexTrigger: 'metadata/apex-trigger',
};

/** Folder and suffix of each type in a Metadata API package. */
const places: Record<Exclude<ComponentType, 'CustomField'>, { folder: string; suffix: string }> = {
  CustomObject: { folder: 'objects', suffix: 'object' },
  ApexClass: { folder: 'classes', suffix: 'cls' },
  ApexTrigger: { folder: 'triggers', suffix: 'trigger' },
  NamedCredential: { folder: 'namedCredentials', suffix: 'namedCredential' },
  ExternalCredential: { folder: 'externalCredentials', suffix: 'externalCredential' },
  PermissionSet: { folder: 'permissionsets', suffix: 'permissionset' },
  ExternalClientApplication: { folder: 'externalClientApps', suffix: 'eca' },
  ExtlClntAppGlobalOauthSettings: { folder: 'extlClntAppGlobalOauthSets', suffix: 'ecaGlblOauth' },
  ExtlClntAppOauthSettings: { folder: 'extlClntAppOauthSettings', suffix: 'ecaOauth' },
  ExtlClntAppOauthConfigurablePolicies: { folder: 'extlClntAppOauthPolicies', suffix: 'ecaOauthPlcy' },
  PublicKeyCertificate: { folder: 'PublicKeyCertificate', suffix: 'PublicKeyCertificate' },
  PublicKeyCertificateSet: { folder: 'PublicKeyCertificateSet', suffix: 'PublicKeyCertificateSet' },
  QueueRoutingConfig: { folder: 'queueRoutingConfigs', suffix: 'queueRoutingConfig' },
  Queue: { folder: 'queues', suffix: 'queue' },
  Flow: { folder: 'flows', suffix: 'flow' },
  MessagingChannel: { folder: 'messagingChannels', suffix: 'messagingChannel' },
  EmbeddedServiceConfig: { folder: 'EmbeddedServiceConfig', suffix: 'EmbeddedServiceConfig' },
};

/** Path of a component's main file in a Metadata API package; fields stand in the file of their object instead. */
export function componentPath(type: Exclude<ComponentType, 'CustomField'>, fullName: string): string {
  const { folder, suffix } = places[type];
  return `${folder}/${fullName}.${suffix}`;
}

function mainPath(row: ComponentRow, fullName: string): string {
  if (row.type === 'CustomField') return `objects/${row.object ?? ''}.object`;
  return componentPath(row.type, fullName);
}
