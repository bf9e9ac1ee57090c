import type { RouteRegistrant } from '../../http/route.ts';
import { RestError } from '../../http/rest-error.ts';
import { resourceNotFound } from '../../http/session-guard.ts';
import type { OrgState } from '../../state/org-state.ts';
import { toId18 } from '../../store/record-id.ts';
import { logBody } from './log-bodies.ts';

/** `GET …/sobjects/ApexLog/<id>/Body` of the data and the Tooling API: the log itself, as plain text. */
export const registerLogRoutes: RouteRegistrant = (app, org) => {
  for (const api of ['', '/tooling']) {
    app.get(`/services/data/:version${api}/sobjects/:object/:id/:part`, async (c, next) => {
      const { object, part } = c.req.param();
      if (object?.toLowerCase() !== 'apexlog' || part?.toLowerCase() !== 'body') return await next();
      return c.body(bodyOf(org, c.req.param('id')), 200, { 'content-type': 'text/plain;charset=UTF-8' });
    });
  }
};

function bodyOf(org: OrgState, segment: string): string {
  const id = toId18(segment);
  if (id === undefined) throw new RestError(400, 'MALFORMED_ID', `malformed id ${segment.slice(0, 40)}`);
  const body = org.records.get('ApexLog', id) === undefined ? undefined : logBody(org, id);
  if (body !== undefined) return body;
  if (org.records.isDeleted(id)) throw new RestError(404, 'ENTITY_IS_DELETED', 'entity is deleted');
  throw resourceNotFound();
}
