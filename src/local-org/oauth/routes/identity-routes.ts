import type { RouteRegistrant } from '../../http/route.ts';
import { offeredVersions } from '../../http/session-guard.ts';
import { identityOf, userInfoOf } from '../identity.ts';
import { createSession } from '../sessions.ts';
import { asUser } from './oauth-answer.ts';

/** How long the link into the browser is good, in seconds. */
const SINGLE_ACCESS_SECONDS = 60;

/** What a session can ask about itself: `userinfo`, the identity URL, and a link into the browser. */
export const registerIdentityRoutes: RouteRegistrant = (app, org) => {
  app.on(['GET', 'POST'], '/services/oauth2/userinfo', (c) =>
    asUser(c, org, (userId) => c.json(userInfoOf(org, userId))),
  );
  app.get('/services/oauth2/singleaccess', (c) =>
    asUser(c, org, (userId) => {
      const target = c.req.query('redirect_uri') ?? '/';
      const { token: sid } = createSession(org, { userId, lifetimeSeconds: SINGLE_ACCESS_SECONDS });
      const query = new URLSearchParams({ sid, retURL: target });
      return c.json({ frontdoor_uri: `${org.baseUrl()}/secur/frontdoor.jsp?${query.toString()}` });
    }),
  );
  // The codes are those of Salesforce's page on identity URLs.
  app.get('/id/:organizationId/:userId', (c) =>
    asUser(c, org, (askedBy) => {
      if (c.req.param('organizationId').slice(0, 15) !== org.settings.organizationId.slice(0, 15)) {
        return c.text('Wrong_Org', 403);
      }
      const user = org.records.get('User', c.req.param('userId'));
      if (user === undefined) return c.text('Bad_Id', 404);
      if (user['IsActive'] !== true) return c.text('Inactive', 404);
      return c.json(identityOf(org, { userId: user.Id, askedBy, versions: offeredVersions(org.settings.apiVersion) }));
    }),
  );
};
