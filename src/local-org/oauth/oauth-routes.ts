import type { RouteRegistrant } from '../http/route.ts';
import { registerAuthorizeRoutes } from './routes/authorize-routes.ts';
import { registerIdentityRoutes } from './routes/identity-routes.ts';
import { registerTokenRoutes } from './routes/token-routes.ts';

/** The OAuth endpoints below `/services/oauth2/`, and the identity URL they point to. */
export const registerOAuthRoutes: RouteRegistrant = (app, org) => {
  registerAuthorizeRoutes(app, org);
  registerTokenRoutes(app, org);
  registerIdentityRoutes(app, org);
};
