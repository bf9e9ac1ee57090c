import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { storeLog } from '../../../../src/local-org/apex/logs/store-log.ts';
import type { LogFacts } from '../../../../src/local-org/apex/logs/store-log.ts';
import { levelsFor } from '../../../../src/local-org/apex/logs/trace-flags.ts';
import { openTransactionLog } from '../../../../src/local-org/apex/logs/transaction-log.ts';
import type { OrgState } from '../../../../src/local-org/state/org-state.ts';
import { API, errorOf, openOrgClient } from '../../core/org-client.ts';
import type { OrgClient } from '../../core/org-client.ts';

const hour = 3_600_000;
let now = Date.parse('2026-03-01T12:00:00Z');
let client: OrgClient;
let org: OrgState;
let userId: string;

beforeEach(async () => {
  now = Date.parse('2026-03-01T12:00:00Z');
  client = await openOrgClient({ now: () => new Date(now) });
  org = client.org.state;
  userId = org.settings.adminUserId;
});
afterEach(async () => {
  expect(client.bugs).toEqual([]);
  await client.close();
});

const sobjects = `${API}/tooling/sobjects`;

async function makeDebugLevel(values: Record<string, unknown> = {}): Promise<string> {
  // As the official CLI sends it.
  const level = {
    developerName: 'SFDC_DevConsole',
    MasterLabel: 'SFDC_DevConsole',
    ApexCode: 'FINEST',
    Visualforce: 'FINER',
  };
  const answer = await client.call('POST', `${sobjects}/DebugLevel`, { ...level, ...values });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body.id as string;
}

function flagOf(debuglevelid: string, values: Record<string, unknown> = {}): Record<string, unknown> {
  const ExpirationDate = new Date(now + 0.5 * hour).toUTCString();
  return { tracedentityid: userId, logtype: 'DEVELOPER_LOG', debuglevelid, StartDate: now, ExpirationDate, ...values };
}

async function makeFlag(values: Record<string, unknown>): Promise<string> {
  const answer = await client.call('POST', `${sobjects}/TraceFlag`, values);
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body.id as string;
}

async function refusal(sobject: string, values: Record<string, unknown>): Promise<string> {
  const { status, errorCode, message } = errorOf(await client.call('POST', `${sobjects}/${sobject}`, values));
  expect(status).toBe(400);
  return `${errorCode}: ${message}`;
}

function facts(values: Partial<LogFacts> = {}): LogFacts {
  return {
    userId,
    operation: '/services/data/v68.0/tooling/executeAnonymous',
    request: 'Api',
    application: 'Unknown',
    durationMs: 25,
    status: 'Success',
    ...values,
  };
}

function keep(text: string, values: Partial<LogFacts> = {}): string | undefined {
  const log = openTransactionLog(org, { userId, levels: { ApexCode: 'DEBUG' } });
  log.add('ApexCode', 'DEBUG', 'USER_DEBUG', '[1]', 'DEBUG', text);
  return storeLog(org, log, facts(values));
}

describe('trace flags as the official CLI sets them', () => {
  it('make the user be logged, at the levels of their debug level, for as long as they live', async () => {
    const levelId = await makeDebugLevel();
    expect(levelsFor(org, userId, new Date(now))).toBeUndefined();
    const flagId = await makeFlag(flagOf(levelId));
    const found = await client.tooling(
      `SELECT Id, logtype, startdate, expirationdate, debuglevelid, debuglevel.apexcode, debuglevel.visualforce FROM TraceFlag WHERE logtype='DEVELOPER_LOG' AND TracedEntityId='${userId}' ORDER BY CreatedDate DESC LIMIT 1`,
    );
    expect(found.body.records).toMatchObject([
      { Id: flagId, DebugLevelId: levelId, DebugLevel: { ApexCode: 'FINEST', Visualforce: 'FINER' } },
    ]);
    const levels = {
      ApexCode: 'FINEST',
      ApexProfiling: 'NONE',
      System: 'NONE',
      Visualforce: 'FINER',
      Workflow: 'NONE',
    };
    expect(levelsFor(org, userId, new Date(now))).toMatchObject(levels);
    expect(levelsFor(org, userId, new Date(now - 1))).toBeUndefined();
    expect(levelsFor(org, userId, new Date(now + 0.5 * hour))).toBeUndefined();
  });

  it('are renewed by a PATCH, and end when they are deleted', async () => {
    const levelId = await makeDebugLevel();
    const flagId = await makeFlag(flagOf(levelId));
    now += hour;
    expect(levelsFor(org, userId, new Date(now))).toBeUndefined();
    const renewed = { StartDate: now, ExpirationDate: new Date(now + 0.5 * hour).toUTCString() };
    expect((await client.call('PATCH', `${sobjects}/TraceFlag/${flagId}`, renewed)).status).toBe(204);
    expect((await client.call('PATCH', `${sobjects}/DebugLevel/${levelId}`, { ApexCode: 'INFO' })).status).toBe(204);
    expect(levelsFor(org, userId, new Date(now))).toMatchObject({ ApexCode: 'INFO', Visualforce: 'FINER' });
    expect((await client.call('DELETE', `${sobjects}/TraceFlag/${flagId}`)).status).toBe(204);
    expect(levelsFor(org, userId, new Date(now))).toBeUndefined();
  });

  it('override the levels that a request asks for', async () => {
    const requested = { ApexCode: 'DEBUG' } as const;
    expect(levelsFor(org, userId, new Date(now), requested)).toEqual(requested);
    await makeFlag(flagOf(await makeDebugLevel()));
    expect(levelsFor(org, userId, new Date(now), requested)).toMatchObject({ ApexCode: 'FINEST', Database: 'NONE' });
  });

  it('go with their debug level', async () => {
    const levelId = await makeDebugLevel();
    await makeFlag(flagOf(levelId));
    expect((await client.call('DELETE', `${sobjects}/DebugLevel/${levelId}`)).status).toBe(204);
    expect((await client.tooling('SELECT Id FROM TraceFlag')).body.totalSize).toBe(0);
  });

  it('do not overlap with another of their kind for the same user', async () => {
    const levelId = await makeDebugLevel();
    await makeFlag(flagOf(levelId));
    expect(await refusal('TraceFlag', flagOf(levelId))).toBe(
      "FIELD_INTEGRITY_EXCEPTION: This entity is already being traced by a trace flag with a start and expiration date that overlap this trace flag's start and expiration date.: Traced Entity ID",
    );
    await makeFlag(flagOf(levelId, { logtype: 'USER_DEBUG' }));
    await makeFlag(flagOf(levelId, { StartDate: now + hour, ExpirationDate: new Date(now + 2 * hour).toISOString() }));
  });

  it('are refused without what they need, and for longer than a day', async () => {
    const levelId = await makeDebugLevel();
    const { debuglevelid: _, ...bare } = flagOf(levelId);
    expect(await refusal('TraceFlag', bare)).toBe(
      'REQUIRED_FIELD_MISSING: Required fields are missing: [DebugLevelId]',
    );
    const cases: [Record<string, unknown>, string][] = [
      [{ ExpirationDate: new Date(now + 25 * hour).toISOString() }, 'FIELD_INTEGRITY_EXCEPTION'],
      [{ ExpirationDate: new Date(now - hour).toISOString() }, 'FIELD_INTEGRITY_EXCEPTION'],
      [{ tracedentityid: levelId }, 'MALFORMED_ID'],
      [{ logtype: 'CLASS_TRACING' }, 'FIELD_INTEGRITY_EXCEPTION'],
      [{ logtype: 'EVERYTHING' }, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST'],
    ];
    for (const [values, errorCode] of cases) {
      expect(await refusal('TraceFlag', flagOf(levelId, values))).toContain(errorCode);
    }
    expect(await refusal('DebugLevel', { DeveloperName: 'SFDC_DevConsole', MasterLabel: 'x' })).toContain(
      'DUPLICATE_VALUE',
    );
    expect(await refusal('DebugLevel', { DeveloperName: 'X', MasterLabel: 'x', ApexCode: 'LOUD' })).toContain(
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    );
  });
});

describe('kept logs', () => {
  it('are only kept for users with a live trace flag', async () => {
    expect(keep('nobody asked')).toBeUndefined();
    await makeFlag(flagOf(await makeDebugLevel(), { logtype: 'USER_DEBUG', StartDate: now - hour }));
    const id = keep('somebody asked', { status: 'Attempt to de-reference a null object' });
    expect(id).toMatch(/^07L\w{15}$/);
    const listed = await client.tooling(
      'SELECT Id, Application, DurationMilliseconds, Location, LogLength, LogUser.Name, Operation, Request, StartTime, Status FROM ApexLog ORDER BY StartTime DESC LIMIT 1',
    );
    const body = (await client.call('GET', `${sobjects}/ApexLog/${id ?? ''}/Body`)).body as string;
    expect(listed.body.records).toMatchObject([
      {
        Id: id,
        Application: 'Unknown',
        DurationMilliseconds: 25,
        Location: 'Monitoring',
        LogLength: body.length,
        LogUser: { Name: 'Local Administrator' },
        Operation: '/services/data/v68.0/tooling/executeAnonymous',
        Request: 'Api',
        StartTime: '2026-03-01T11:59:59.000+0000',
        Status: 'Attempt to de-reference a null object',
      },
    ]);
  });

  it('have their body as plain text, in both APIs and in any case, and say who ran it', async () => {
    await makeFlag(flagOf(await makeDebugLevel(), { StartDate: now - hour }));
    const id = keep('hello');
    for (const path of [
      `${sobjects}/ApexLog/${id ?? ''}/Body`,
      `${API}/sobjects/apexlog/${id?.slice(0, 15) ?? ''}/body`,
    ]) {
      const answer = await client.call('GET', path);
      expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
      expect(answer.body.split('\n')).toEqual([
        '68.0 APEX_CODE,DEBUG',
        `12:00:00.0 (0)|USER_INFO|[EXTERNAL]|${userId.slice(0, 15)}|${client.org.username}|(GMT+00:00) Greenwich Mean Time (GMT)|GMTZ`,
        '12:00:00.0 (0)|EXECUTION_STARTED',
        '12:00:00.0 (0)|USER_DEBUG|[1]|DEBUG|hello',
        '',
      ]);
    }
  });

  it('can be deleted, body and all', async () => {
    await makeFlag(flagOf(await makeDebugLevel(), { StartDate: now - hour }));
    const id = keep('secret') ?? '';
    expect((await client.call('DELETE', `${sobjects}/ApexLog/${id}`)).status).toBe(204);
    expect(errorOf(await client.call('GET', `${sobjects}/ApexLog/${id}/Body`))).toMatchObject({
      status: 404,
      errorCode: 'ENTITY_IS_DELETED',
    });
    expect(org.documents.list('apex-log-body')).toEqual([]);
  });

  it('of a developer last a day, monitored ones a week', async () => {
    const levelId = await makeDebugLevel();
    const trace = async (logtype: string): Promise<string> =>
      await makeFlag(
        flagOf(levelId, { logtype, StartDate: now - hour, ExpirationDate: new Date(now + hour).toISOString() }),
      );
    await trace('DEVELOPER_LOG');
    const developers = keep('for the developer') ?? '';
    now += 3 * hour;
    await trace('USER_DEBUG');
    const monitored = keep('monitored') ?? '';
    now += 24 * hour;
    await trace('USER_DEBUG');
    keep('the next day');
    expect(org.records.get('ApexLog', developers)).toBeUndefined();
    expect(org.records.get('ApexLog', monitored)).toMatchObject({ Location: 'Monitoring' });
    now += 8 * 24 * hour;
    await trace('USER_DEBUG');
    keep('a week later');
    expect(org.records.all('ApexLog')).toHaveLength(1);
    expect(org.documents.list('apex-log-body')).toHaveLength(1);
  });

  it('a wrong id of a log is no log', async () => {
    expect(errorOf(await client.call('GET', `${sobjects}/ApexLog/nope/Body`))).toMatchObject({
      status: 400,
      errorCode: 'MALFORMED_ID',
    });
    expect(errorOf(await client.call('GET', `${sobjects}/ApexLog/07L000000000001/Body`))).toMatchObject({
      status: 404,
      errorCode: 'NOT_FOUND',
    });
  });
});
