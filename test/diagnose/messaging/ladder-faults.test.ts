import { describe, expect, test } from 'vitest';

import type { RungId } from '../../../src/diagnose/messaging/ladder.ts';
import { openCxParameters } from '../../local-org/messaging/messaging-files.ts';
import { openCxFlow } from '../../local-org/messaging/routing-flow.ts';
import { ladderStage, openSessions, refuse, type Climb, type LadderStage } from './ladder-of.ts';

interface Fault extends Climb {
  name: string;
  rung: RungId;
  says: RegExp;
  options?: Parameters<typeof ladderStage>[0];
  plant?: (stage: LadderStage) => Promise<unknown>;
}

/** An answer with a token that is nobody's: only what stands beside it is looked at. */
const tellsModes = (deploymentType: string, authMode: string) => (stage: LadderStage) =>
  stage.served.control('POST', '/faults', {
    match: { method: 'POST', path: 'authenticated/access-token' },
    kind: 'status',
    status: 200,
    contentType: 'application/json',
    body: JSON.stringify({
      accessToken: 'none',
      context: {
        endUser: { subject: 'v2/iamessage/AUTH/OpenCX_Keyset/uid:test' },
        configuration: {
          embeddedServiceConfig: { deploymentType, embeddedServiceMessagingChannel: { authMode } },
        },
      },
    }),
  });

const faults: Fault[] = [
  {
    name: 'a host that is not there',
    rung: 'deployment',
    says: /ENOTFOUND/,
    more: { probe: () => Promise.resolve({ state: 'no-host', said: 'getaddrinfo ENOTFOUND' }) },
  },
  {
    name: 'a name in another case',
    rung: 'access-token',
    says: /opencx/i,
    endpoint: { deployment: 'OPENCX' },
  },
  { name: 'a deployment that nobody published', rung: 'access-token', says: /HTTP 4/, options: { publish: false } },
  {
    name: 'another issuer, which the org refuses',
    rung: 'access-token',
    says: /HTTP 401/,
    issuer: 'https://other.test',
  },
  {
    name: 'another issuer, which the org answers with an anonymous token',
    rung: 'verified',
    says: /anonymous/,
    issuer: 'https://other.test',
    plant: ({ served }) => served.control('PATCH', '/messaging/settings', { invalidIdentity: 'anonymous' }),
  },
  {
    name: 'a channel for anonymous contacts',
    rung: 'modes',
    says: /UnAuth/,
    plant: tellsModes('api', 'UnAuth'),
  },
  { name: 'a deployment for web pages', rung: 'modes', says: /type Web/, plant: tellsModes('Web', 'Auth') },
  {
    name: 'a proxy that has no event streams',
    rung: 'event-stream',
    says: /HTTP 502/,
    plant: refuse('GET', '/sse', 502),
  },
  {
    name: 'a proxy that holds event streams back',
    rung: 'event-stream',
    says: /no answer/,
    plant: ({ served }) =>
      served.control('POST', '/faults', { match: { method: 'GET', path: '/sse' }, kind: 'delay', ms: 3000 }),
  },
  {
    name: 'a proxy that answers in the place of the event stream',
    rung: 'event-stream',
    says: /text\/plain/,
    plant: ({ served }) =>
      served.control('POST', '/faults', {
        match: { method: 'GET', path: '/sse' },
        kind: 'status',
        status: 200,
        contentType: 'text/plain',
      }),
  },
  {
    name: 'a conversation that is refused',
    rung: 'conversation',
    says: /HTTP 400/,
    plant: refuse('POST', 'v2/conversation$', 400),
  },
  {
    name: 'no session for the first message',
    rung: 'first-message',
    says: /417/,
    plant: refuse('POST', '/message$', 417, 1),
  },
  {
    name: 'a flow whose queue is not there',
    rung: 'routing-result',
    says: /Error/,
    options: { flow: openCxFlow('No_Such_Queue') },
    plant: ({ served, deployed }) => {
      const { records, settings } = served.running.state;
      records.update('MessagingChannel', deployed.channelId, { FallbackQueueId: null }, settings.adminUserId);
      return Promise.resolve();
    },
  },
  {
    name: 'a parameter that differs in case',
    rung: 'session-field',
    says: /is empty/,
    options: {
      parameters: openCxParameters.map((one) =>
        one.name === 'OpencxSessionId' ? { ...one, name: 'OpenCxSessionId', externalName: 'OpenCxSessionId' } : one,
      ),
    },
  },
];

describe('a fault is found on its rung, and nothing after it is tried', () => {
  test.each(faults)('$name', async ({ rung, says, options, plant, endpoint, issuer, more }) => {
    const stage = await ladderStage(options);
    await plant?.(stage);
    const end = await stage.climb({
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(issuer === undefined ? {} : { issuer }),
      ...(more === undefined ? {} : { more }),
    });
    const failed = end.reports.filter(({ status }) => status === 'failed');
    expect(
      failed.map(({ id }) => id),
      JSON.stringify(end.reports, null, 1),
    ).toEqual([rung]);
    expect(failed[0]?.detail).toMatch(says);
    expect(failed[0]?.remedy.length).toBeGreaterThan(0);
    expect(end.reports.map(({ id }) => id).slice(-2)).toEqual([rung, 'clean-up']);
    expect(openSessions(stage)).toEqual([]);
  });
});
