import { describe, expect, test } from 'vitest';

import { systemClock } from '../../../src/clock.ts';
import type { Check } from '../../../src/diagnose/check.ts';
import type { CheckContext } from '../../../src/diagnose/check-context.ts';
import { fail, pass, warn } from '../../../src/diagnose/finding.ts';
import type { Reading } from '../../../src/diagnose/readings/reading.ts';
import { checks } from '../../../src/diagnose/registry.ts';
import { runChecks } from '../../../src/diagnose/run/run-checks.ts';
import { selectChecks } from '../../../src/diagnose/run/select-checks.ts';
import { symptoms } from '../../../src/diagnose/symptoms/symptoms.ts';
import { OpencxError } from '../../../src/errors/opencx-error.ts';

function check(id: Check['id'], more: Partial<Check> = {}): Check {
  return {
    id,
    title: id,
    group: 'org',
    why: 'why',
    mending: 'mending',
    requires: [],
    reads: [],
    run: () => pass('good'),
    ...more,
  };
}

/** Just as much of a context as these checks look at. */
const context = {
  org: { clock: systemClock },
  read: async (reading: Reading<unknown>) => await reading.read(context),
} as unknown as CheckContext;

async function found(all: readonly Check[], timeoutMs = 1000) {
  const results = new Map<string, { status: string; summary: string; fixable: boolean; remedy: readonly object[] }>();
  for await (const {
    check: { id },
    finding,
  } of runChecks(all, context, { timeoutMs }))
    results.set(id, finding);
  return results;
}

describe('running checks', () => {
  test('a check that throws is a finding, and takes no other with it', async () => {
    const results = await found([
      check('org.broken', {
        run: () => {
          throw new TypeError('no such thing');
        },
      }),
      check('org.other'),
    ]);
    expect(results.get('org.broken')).toMatchObject({ status: 'crash', evidence: ['no such thing'] });
    expect(results.get('org.other')?.status).toBe('pass');
  });

  test('a check that does not answer warns when its time is over, and the others do not wait for it', async () => {
    const order: string[] = [];
    const all = [check('org.slow', { run: () => new Promise(() => undefined) }), check('org.quick')];
    for await (const {
      check: { id },
      finding,
    } of runChecks(all, context, { timeoutMs: 50 }))
      order.push(`${id} ${finding.status}`);
    expect(order).toEqual(['org.quick pass', 'org.slow warn']);
  });

  test.each([
    ['NETWORK', 'warn'],
    ['ORG_UNEXPECTED_ANSWER', 'warn'],
    ['PERMISSION_DENIED', 'fail'],
    ['AUTH_FAILED', 'fail'],
    ['ORG_REFUSED', 'fail'],
    ['CONFIG_INVALID', 'crash'],
  ] as const)('%s while reading: %s', async (code, status) => {
    const reading: Reading<unknown> = {
      what: 'a thing',
      read: () => Promise.reject(new OpencxError(code, { message: 'Salesforce said no', nextSteps: ['do this'] })),
    };
    const results = await found([
      check('org.reads', { reads: [reading], run: async ({ read }) => pass(String(await read(reading))) }),
    ]);
    expect(results.get('org.reads')).toMatchObject({ status, evidence: ['Salesforce said no'] });
  });

  test('what an org does not have, or shows to nobody, warns', async () => {
    const run = () => {
      throw new OpencxError('ORG_REFUSED', {
        message: 'no such object',
        details: { salesforceErrorCode: 'INVALID_TYPE' },
      });
    };
    const results = await found([check('org.unknown', { run })]);
    expect(results.get('org.unknown')).toMatchObject({ status: 'warn', evidence: ['no such object'] });
  });

  test('an interruption ends the run', async () => {
    const stop = () => {
      throw new OpencxError('INTERRUPTED', { message: 'stopped' });
    };
    await expect(found([check('org.stopped', { run: stop })])).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });

  test('what requires a check that fails is left out and names the first cause, also by way of others; a warning leaves nothing out', async () => {
    const results = await found([
      check('org.first', { run: () => fail('bad') }),
      check('org.second', { requires: ['org.first'] }),
      check('org.third', { requires: ['org.second'] }),
      check('org.doubtful', { run: () => warn('hm') }),
      check('org.fourth', { requires: ['org.doubtful'] }),
    ]);
    expect(results.get('org.second')).toMatchObject({
      status: 'skip',
      summary: 'Not looked at: org.first comes first.',
    });
    expect(results.get('org.third')).toMatchObject({
      status: 'skip',
      summary: 'Not looked at: org.first comes first.',
    });
    expect(results.get('org.fourth')?.status).toBe('pass');
  });

  test('what does not apply is skipped with the reason, and leaves nothing else out', async () => {
    const results = await found([
      check('org.elsewhere', { appliesTo: () => 'not here' }),
      check('org.after', { requires: ['org.elsewhere'] }),
    ]);
    expect(results.get('org.elsewhere')).toMatchObject({ status: 'skip', summary: 'not here' });
    expect(results.get('org.after')?.status).toBe('pass');
  });

  test('a finding that --fix mends has the command first; one that it does not mend has not', async () => {
    const byHand = { byHand: true as const, remedy: [{ text: 'by hand' }] };
    const results = await found([
      check('org.mendable', { fix: ['apex'], run: () => fail('bad', { remedy: [{ text: 'or so' }] }) }),
      check('org.by-hand', { fix: ['apex'], run: () => fail('bad', byHand) }),
      check('org.fine', { fix: ['apex'] }),
    ]);
    expect(results.get('org.mendable')).toMatchObject({
      fixable: true,
      remedy: [{ command: 'opencx-sf verify org.mendable --fix' }, { text: 'or so' }],
    });
    expect(results.get('org.by-hand')).toMatchObject({ fixable: false, remedy: [{ text: 'by hand' }] });
    expect(results.get('org.fine')).toMatchObject({ fixable: false, remedy: [] });
  });
});

describe('the registry', () => {
  test('has each id once, in its group, behind what it requires, with words for people', () => {
    const before = new Set<string>();
    const problems = checks.flatMap(({ id, group, requires, title, why, mending }) => {
      const wrong = [
        ...(before.has(id) ? [`${id} is there twice`] : []),
        ...(id.startsWith(`${group}.`) ? [] : [`${id} is not of ${group}`]),
        ...requires.filter((one) => !before.has(one)).map((one) => `${id} stands before ${one}, which it requires`),
        ...([title, why, mending].every((text) => text.length > 10) ? [] : [`${id} lacks words`]),
      ];
      before.add(id);
      return wrong;
    });
    expect(problems).toEqual([]);
  });

  test('has every check that a symptom names', () => {
    const ids = new Set<string>(checks.map(({ id }) => id));
    expect(symptoms.flatMap(({ path }) => path.filter((id) => !ids.has(id)))).toEqual([]);
  });

  test('gives what a check requires along with it, in its order', () => {
    const selected = selectChecks(checks, { only: ['email-out.tokens'], skip: [] }).map(({ id }) => id);
    expect(selected).toContain('apex.class');
    expect(selected).toEqual(checks.map(({ id }) => id).filter((id) => selected.includes(id)));
  });
});
