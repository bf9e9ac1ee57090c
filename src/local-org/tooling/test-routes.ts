import type { Context } from 'hono';

import { abortLeftRuns } from '../apex/testing/test-run-rows.ts';
import type { TestRunRequest } from '../apex/testing/test-selection.ts';
import { jsonObject } from '../http/json-body.ts';
import { RestError } from '../http/rest-error.ts';
import type { LocalOrgEnv, RouteRegistrant } from '../http/route.ts';
import { userHasPermission } from '../records/user-permission-row.ts';
import type { OrgState } from '../state/org-state.ts';
import { readTestRequest } from './test-request.ts';

const root = '/services/data/:version/tooling';

/**
 * `runTestsAsynchronous`, which answers with the id of a job, and `runTestsSynchronous`, which answers with the results of
 * one class. Runs that a former process left are ended as aborted.
 */
export const registerTestRoutes: RouteRegistrant = (app, org) => {
  app.on('POST', [`${root}/runTestsAsynchronous`, `${root}/runTestsAsynchronous/`], async (c) => {
    const request = await testRequest(c, org);
    const { startTestRun } = await import('../apex/testing/test-run.ts');
    return c.json(await startTestRun(org, request, c.get('session').userId));
  });

  app.on('POST', [`${root}/runTestsSynchronous`, `${root}/runTestsSynchronous/`], async (c) => {
    const request = await testRequest(c, org);
    if (request.wanted?.length !== 1) {
      throw new RestError(400, 'INVALID_INPUT', 'A synchronous test run is for the tests of one class');
    }
    const { runTestsNow } = await import('../apex/testing/run-tests-now.ts');
    return c.json(await runTestsNow(org, request, { userId: c.get('session').userId, operation: c.req.path }));
  });

  abortLeftRuns(org);
};

async function testRequest(c: Context<LocalOrgEnv>, org: OrgState): Promise<TestRunRequest> {
  if (!userHasPermission(org, c.get('session').userId, 'ViewSetup')) {
    throw new RestError(403, 'INSUFFICIENT_ACCESS', 'insufficient access rights on object id');
  }
  return readTestRequest(await jsonObject(c));
}
