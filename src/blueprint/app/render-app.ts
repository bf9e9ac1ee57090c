import { componentPath, type Blueprint, type BlueprintComponent } from '../blueprint.ts';
import type { AppComponentRole, AppComponentType } from '../component-table.ts';
import { withMarker } from '../marker.ts';
import { renderTemplate } from '../rendering/render.ts';
import { refuseProblems } from '../validation/validate.ts';
import { appProblems, type AppSettings } from './app-problems.ts';
import { defaultSatelliteNames, type AppTemplateContext, type SatelliteNames } from './app-template-context.ts';

/** What an app is rendered from beside its own settings. */
export interface AppContext {
  /** E.g. `66.0`. */
  apiVersion: string;
  /** Permission set that admits to the app where an administrator approves; checked by `renderBlueprint`. */
  permissionSet: string;
  /** Names of components that the org has already; those that it has not get their usual ones. */
  names?: Partial<SatelliteNames>;
}

/**
 * Renders the External Client App for OpenCX. Its policies are a deployment of their own: they hang on an app that is in
 * the org already. Elements stand in the order of the WSDL, since others are dropped without a word.
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_externalclientapplication.htm
 * @throws OpencxError BLUEPRINT_INVALID naming every setting that cannot be rendered, e.g. `setup.app.callbackUrl`
 */
export async function renderApp(
  app: AppSettings,
  { apiVersion, permissionSet, names }: AppContext,
): Promise<{ app: Blueprint; policies: Blueprint }> {
  refuseProblems('The External Client App', appProblems(app));
  const context: AppTemplateContext = {
    app,
    names: { ...defaultSatelliteNames(app.name), ...names },
    admittedPermissionSet: app.permittedUsers === 'AdminApprovedPreAuthorized' ? permissionSet : undefined,
  };
  const { globalOauth, oauth, policies } = context.names;
  return {
    app: {
      apiVersion,
      components: [
        await component('ExternalClientApplication', app.name, 'external-client-app', context),
        await component('ExtlClntAppOauthSettings', oauth, 'app-oauth', context),
        await component('ExtlClntAppGlobalOauthSettings', globalOauth, 'app-global-oauth', context),
      ],
    },
    policies: {
      apiVersion,
      components: [await component('ExtlClntAppOauthConfigurablePolicies', policies, 'app-oauth-policies', context)],
    },
  };
}

async function component(
  type: AppComponentType,
  fullName: string,
  role: AppComponentRole,
  context: AppTemplateContext,
): Promise<BlueprintComponent> {
  const { content, marker } = withMarker(await renderTemplate(`app/${role}`, context), role, 1);
  return { type, fullName, role, files: [{ path: componentPath(type, fullName), content }], marker };
}
