import { afterAll, beforeAll, expect, test } from 'vitest';

import { startLocalOrg } from '../../../src/local-org/start-local-org.ts';
import type { RunningOrg } from '../../../src/local-org/start-local-org.ts';
import { API, clientFor } from '../core/org-client.ts';
import { chanceFrom } from './chance.ts';
import { ways } from './malformed-requests.ts';
import type { MalformedRequest, Target } from './malformed-requests.ts';
import { hasSalesforceShape } from './salesforce-shape.ts';

// Whatever is sent, Salesforce answers in one of its forms and goes on. An answer that stands for a bug of the local org,
// a crash or a request without an answer fails the test; the seed gives the same requests again.
const seed = 20261125;
const requests = 1000;
/** Far beyond what any request takes: only a hang reaches it. */
const patienceMs = 60_000;

const bugs: unknown[] = [];
let org: RunningOrg;
let target: Target;

beforeAll(async () => {
  org = await startLocalOrg({ onError: (error) => bugs.push(error) });
  const token = org.issueAccessToken();
  const caseId = await clientFor(org, token).create('Case', { Subject: 'before' });
  target = { token, caseId };
});
afterAll(async () => {
  await org.close();
});

async function send({
  method,
  path,
  headers,
  body,
}: MalformedRequest): Promise<{ status: number; type: string; text: string }> {
  const response = await fetch(org.url + path, {
    method,
    headers,
    redirect: 'manual',
    signal: AbortSignal.timeout(patienceMs),
    ...(body === undefined || method === 'GET' || method === 'HEAD' ? {} : { body }),
  });
  return { status: response.status, type: response.headers.get('content-type') ?? '', text: await response.text() };
}

/** The ways to be wrong in turn, so many in all. */
function* turns(count: number): Generator<[string, (typeof ways)[string]]> {
  const makers = Object.entries(ways);
  for (let done = 0; done < count; done += makers.length) yield* makers.slice(0, count - done);
}

/** How a deployment that was taken ends. */
async function endOf(deployment: string): Promise<{ status: string; errorStatusCode?: string }> {
  for (;;) {
    const { body } = await clientFor(org, target.token).call('GET', `${API}/metadata/deployRequest/${deployment}`);
    if (body.deployResult.done === true) return body.deployResult;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test(`${requests} malformed requests (seed ${seed}) are answered as Salesforce answers, and the org goes on`, async () => {
  const chance = chanceFrom(seed);
  const deployments = new Set<string>();
  let refused = 0;
  for (const [way, make] of turns(requests)) {
    const request = make(chance, target);
    const answer = await send(request);
    if (answer.status >= 400) refused++;
    const sent = `${request.method} ${request.path.slice(0, 300)} ${String(request.body ?? '').slice(0, 300)}`;
    const shown = `${way}: ${sent}\n→ ${answer.status} ${answer.text.slice(0, 500)}`;
    expect(hasSalesforceShape(request, answer), shown).toBe(true);
    expect(bugs, shown).toEqual([]);
    if (answer.status < 300) for (const [id] of answer.text.matchAll(/\b0Af\w{15}\b/g)) deployments.add(id);
  }
  // The suite would be no good if it only ever said something that is right.
  expect(refused).toBeGreaterThan(requests * 0.6);
  expect(deployments.size).toBeGreaterThan(0);
  for (const deployment of deployments) {
    const { status, errorStatusCode } = await endOf(deployment);
    expect(['Succeeded', 'SucceededPartial', 'Failed']).toContain(status);
    expect(errorStatusCode).not.toBe('UNKNOWN_EXCEPTION');
  }
  expect(bugs).toEqual([]);

  const client = clientFor(org, target.token);
  const id = await client.create('Case', { Subject: 'after' });
  const { body } = await client.query('SELECT Id, Subject FROM Case');
  expect(body.records).toContainEqual(expect.objectContaining({ Id: target.caseId, Subject: 'before' }));
  expect(body.records).toContainEqual(expect.objectContaining({ Id: id, Subject: 'after' }));
}, 600_000);
