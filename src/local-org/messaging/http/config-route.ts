import type { RouteRegistrant } from '../../http/route.ts';
import { findDeployment } from '../deployment/find-deployment.ts';
import { isOrgId } from './deployment-of.ts';
import { badRequest, notFound } from './scrt-error.ts';
import { serviceConfig } from './service-config.ts';

/** What a deployment is, for anybody: reported by clients, who use it to see whether it is published. */
export const registerConfigRoute: RouteRegistrant = (app, org) => {
  app.get('/embeddedservice/v1/embedded-service-config', (c) => {
    const { orgId, esConfigName } = c.req.query();
    if (orgId === undefined || esConfigName === undefined) throw badRequest('Specify orgId and esConfigName.');
    const deployment = findDeployment(org, esConfigName);
    if (!isOrgId(org, orgId) || deployment?.publishedAt === undefined || !deployment.isEnabled) {
      throw notFound(`No published configuration ${esConfigName} of the organization was found.`);
    }
    return c.json({ embeddedServiceConfig: serviceConfig(deployment) });
  });
};
