import { notImplemented } from '../../http/rest-error.ts';
import { resourceNotFound } from '../../http/session-guard.ts';
import type { RouteRegistrant } from '../../http/route.ts';
import { fieldText } from '../../state/field-text.ts';
import { channelParametersOf } from './channel.ts';
import { findDeployment } from './find-deployment.ts';
import { keepPublication } from './publication.ts';

/** Clients report that the resource is not there in 64.0 and before. */
const FIRST_VERSION = 67;

/**
 * Publishes an Embedded Service Deployment: `POST …/publish/<0UR id>`. Whether Salesforce refuses to publish one whose channel
 * is inactive is not known; here it is published.
 */
export const registerPublishRoute: RouteRegistrant = (app, org) => {
  app.post('/services/data/:version/connect/embeddedservice/embeddedserviceconfig/publish/:id', (c) => {
    const row = org.records.get('EmbeddedServiceConfig', c.req.param('id'));
    if (Number(c.req.param('version').slice(1)) < FIRST_VERSION || row === undefined) throw resourceNotFound();
    const deployment = findDeployment(org, fieldText(row['DeveloperName']));
    if (deployment === undefined) throw notImplemented('publishing deployments that were planted as records');
    keepPublication(org, row.Id, channelParametersOf(org, deployment.channel.developerName));
    return c.json({ isSuccess: true }, 201);
  });
};
