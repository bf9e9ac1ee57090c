import type { RouteRegistrant } from '../http/route.ts';
import { deployQueueOf } from './deploy/deploy-queue.ts';
import { registerDeployRequestRoutes } from './rest/deploy-request-routes.ts';
import { registerSoapMetadataRoutes } from './soap/soap-routes.ts';

/** The Metadata API, by REST and by SOAP. Deployments that a former process left unfinished are taken up again. */
export const registerMetadataRoutes: RouteRegistrant = (app, org) => {
  registerDeployRequestRoutes(app, org);
  registerSoapMetadataRoutes(app, org);
  deployQueueOf(org).resume();
};
