import type { RunAnonymous } from '../apex/anonymous.ts';
import { RestError } from '../http/rest-error.ts';
import type { RouteRegistrant } from '../http/route.ts';
import { userHasPermission } from '../records/user-permission-row.ts';

/** `GET …/tooling/executeAnonymous/?anonymousBody=…`: runs Apex at once. Its log is kept where a trace flag asks for it. */
export function anonymousRoutes(run: RunAnonymous): RouteRegistrant {
  return (app, org) => {
    app.get('/services/data/:version/tooling/executeAnonymous', async (c) => {
      const { userId } = c.get('session');
      if (!userHasPermission(org, userId, 'AuthorApex')) {
        throw new RestError(403, 'INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id');
      }
      const source = c.req.query('anonymousBody');
      if (source === undefined) {
        throw new RestError(400, 'MISSING_ARGUMENT', 'The query parameter anonymousBody is missing');
      }
      const apiVersion = (c.req.param('version') ?? '').replace(/^v/, '');
      const result = await run(org, { source, userId, apiVersion, operation: c.req.path });
      const { line, column, compiled, success, compileProblem, exceptionStackTrace, exceptionMessage } = result;
      return c.json({ line, column, compiled, success, compileProblem, exceptionStackTrace, exceptionMessage });
    });
  };
}
