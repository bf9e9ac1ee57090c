import { describe, expect, test } from 'vitest';

import { curlOfEvent } from '../../../src/handoff/export/curl.ts';
import { directionOf } from '../../../src/handoff/export/direction.ts';
import type { EventHistory } from '../../../src/handoff/export/event-history.ts';
import { summaryJson } from '../../../src/handoff/export/event-json.ts';
import { harEntries } from '../../../src/handoff/export/har.ts';
import type { NewEvent } from '../../../src/handoff/store/handoff-store.ts';
import { contract } from '../serving.ts';
import { newAttempt, newEvent, sessionId } from '../store/samples.ts';

const orderKey = `session:${sessionId(1)}`;

function history(wanted: Partial<NewEvent>, deliveries: EventHistory['deliveries'] = []): EventHistory {
  return { event: { ...newEvent(wanted), id: 'evt_x_1', sequence: 1, duplicates: 0 }, deliveries };
}

function carried(kind: string, target: string): EventHistory['deliveries'][number] {
  const state = 'delivered' as const;
  const delivery = { id: 'dlv_x_1', eventId: 'evt_x_1', orderKey, kind, target, state, attempts: 1, nextAttemptAt: 0 };
  const request = { method: 'POST', url: target, headers: [] };
  return { delivery, attempts: [{ ...newAttempt({ request }), id: 'att_x_1', deliveryId: delivery.id }] };
}

test('a name tells which way an event goes', () => {
  expect(['caseCreated', 'handoff', 'message', 'message.agent'].map(directionOf)).toEqual([
    'from-salesforce',
    'from-opencx',
    'from-opencx',
    'told',
  ]);
});

describe('an event of a session', () => {
  test.each([
    ['the text of a message', { message: { text: 'Hello\r\n there ' }, reason: 'x' }, 'Hello there'],
    ['the subject of a handoff', { subject: 'Help', summary: 'Long' }, 'Help'],
    ['a reason', { reason: 'it was closed' }, 'it was closed'],
    ['a representative', { agent: { name: 'Rita' } }, 'Rita'],
    ['nothing', { subject: 1, message: 'x' }, undefined],
  ])('is known by its session and by %s', (_what, body, about) => {
    const shown = summaryJson(
      contract,
      history({ name: 'message', orderKey, body: Buffer.from(JSON.stringify(body)) }),
    );
    expect(shown).toMatchObject({ sessionId: sessionId(1), direction: 'from-opencx' });
    expect([shown.about, shown.caseId]).toEqual([about, undefined]);
  });

  test('is known by its session also where its body is no JSON, and cut where it is long', () => {
    const of = (body: string) => summaryJson(contract, history({ orderKey, body: Buffer.from(body) }));
    expect(of('{"cut').sessionId).toBe(sessionId(1));
    const { about = '' } = of(JSON.stringify({ text: `x${'😀'.repeat(300)}` }));
    expect([about.length, about.isWellFormed()]).toEqual([200, true]);
  });
});

describe('an archive', () => {
  test('holds answers byte for byte, also what is no text', () => {
    const bytes = Buffer.from([0xff, 0xfe, 0, 0x1b]);
    const { delivery, attempts } = carried('forward', 'http://far.example/');
    const answered = (body: Uint8Array) => {
      const response = { status: 200, headers: [], body };
      const found = { delivery, attempts: attempts.map((attempt) => ({ ...attempt, response })) };
      return harEntries(history({}, [found])).at(-1)?.response.content;
    };
    expect(answered(bytes)).toMatchObject({ size: 4, text: bytes.toString('base64'), encoding: 'base64' });
    expect(answered(Buffer.from('ünï'))).toEqual({ size: 5, mimeType: '', text: 'ünï' });
  });

  const doorOf = (name: string) => harEntries(history({ name, orderKey })).map(({ request }) => request.url);

  test('has the call by which an event came, by its direction', () => {
    expect(doorOf('caseCreated')).toEqual(['http://localhost/webhooks/salesforce/…']);
    expect(doorOf('handoff')).toEqual(['http://localhost/v1/handoffs']);
    expect(doorOf('message')).toEqual([`http://localhost/v1/sessions/${sessionId(1)}/messages`]);
    expect(doorOf('session.started')).toEqual([]);
  });

  test('has the body of an event only with attempts that sent it, and nothing of what was worked in here', () => {
    const entries = harEntries(
      history({ name: 'message.agent', orderKey }, [
        carried('forward', 'http://127.0.0.1/callback'),
        carried('case', 'https://acme.my.salesforce.com/'),
        carried('session', 'serve:session'),
      ]),
    );
    expect(entries.map(({ request }) => [request.url, request.bodySize > 0])).toEqual([
      ['http://127.0.0.1/callback', true],
      ['https://acme.my.salesforce.com', false],
    ]);
  });
});

test('a command for curl repeats the last attempt that sent the event itself', () => {
  const one = history({}, [
    carried('forward', 'http://127.0.0.1/hook'),
    carried('case', 'https://acme.my.salesforce.com/'),
  ]);
  expect(curlOfEvent(one)).toContain('http://127.0.0.1/hook');
});
