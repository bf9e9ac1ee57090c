/** What the templates of an External Client App see. */
export interface AppTemplateContext {
  app: {
    name: string;
    label: string;
    contactEmail: string;
    callbackUrl: string;
    pkceRequired: boolean;
    permittedUsers: string;
  };
  names: SatelliteNames;
  /** Name of the permission set whose users the app admits; undefined where users allow it for themselves. */
  admittedPermissionSet: string | undefined;
}

/** Full names of the components that belong to an app. The platform promises no more than that they begin with the app's. */
export interface SatelliteNames {
  globalOauth: string;
  oauth: string;
  policies: string;
}

/** The names that Setup gives them, and that this product gives where the org has none yet. */
export function defaultSatelliteNames(app: string): SatelliteNames {
  return { globalOauth: `${app}_glbloauth`, oauth: `${app}_oauth`, policies: `${app}_defaultPolicy` };
}
