import type { Context } from 'hono';

import { notImplemented, RestError } from '../http/rest-error.ts';
import type { LocalOrgEnv, RouteRegistrant } from '../http/route.ts';
import { columnMetadata } from './column-metadata.ts';
import type { ApiName } from './query-context.ts';
import { openQueryCursors, pageSizeOf } from './query-cursors.ts';
import type { QueryPage } from './query-cursors.ts';
import { runSoql } from './run-soql.ts';

/** `query`, `queryAll` and `tooling/query`, with the pages of long answers. */
export const registerQueryRoutes: RouteRegistrant = (app, org) => {
  const cursors = openQueryCursors();
  const query = (api: ApiName, includeDeleted: boolean) => (c: Context<LocalOrgEnv>) => {
    if (c.req.query('explain') !== undefined) throw notImplemented('query plans (explain)');
    const soql = c.req.query('q');
    if (soql === undefined) throw new RestError(400, 'MALFORMED_QUERY', 'A query string has to be specified');
    const { userId } = c.get('session');
    const apiVersion = (c.req.param('version') ?? '').slice(1);
    const access = { userId, includeDeleted, apiVersion };
    if (c.req.query('columns') === 'true') return c.json(columnMetadata(org, api, soql, access));
    const result = runSoql(org, api, soql, access);
    if (result.records.length === 0) return c.json({ totalSize: result.totalSize, done: true, records: [] });
    return answer(
      c,
      cursors.open(userId, result.records, pageSizeOf(c.req.header('sforce-query-options'))),
      result.totalSize,
    );
  };
  const more = (c: Context<LocalOrgEnv>) => {
    const page = cursors.more(c.get('session').userId, c.req.param('locator') ?? '');
    return answer(c, page, page.totalSize);
  };
  const routes: readonly [string, ApiName, boolean][] = [
    ['query', 'data', false],
    ['queryAll', 'data', true],
    ['tooling/query', 'tooling', false],
  ];
  for (const [path, api, includeDeleted] of routes) {
    app.get(`/services/data/:version/${path}`, query(api, includeDeleted));
    app.get(`/services/data/:version/${path}/:locator`, more);
  }
};

function answer(c: Context<LocalOrgEnv>, page: QueryPage, totalSize: number): Response {
  const { done, nextLocator, records } = page;
  const resource = c.req.path.replace(/\/(query|queryAll)(\/.*)?$/i, '/$1');
  const next = nextLocator === undefined ? {} : { nextRecordsUrl: `${resource}/${nextLocator}` };
  return c.json({ totalSize, done, ...next, records });
}
