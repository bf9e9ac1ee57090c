import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { API, openOrgClient } from '../../core/org-client.ts';
import type { OrgClient } from '../../core/org-client.ts';

let client: OrgClient;

beforeEach(async () => {
  client = await openOrgClient();
  const { adminUserId } = client.org.state.settings;
  const level = {
    DeveloperName: 'All',
    MasterLabel: 'All',
    ApexCode: 'DEBUG',
    Database: 'INFO',
    ApexProfiling: 'NONE',
  };
  const { body } = await client.call('POST', `${tooling}/DebugLevel`, level);
  const flag = await client.call('POST', `${tooling}/TraceFlag`, {
    TracedEntityId: adminUserId,
    LogType: 'USER_DEBUG',
    DebugLevelId: body.id as string,
    ExpirationDate: new Date(Date.now() + 3_600_000).toISOString(),
    StartDate: Date.now() - 60_000,
  });
  expect(flag.status).toBe(201);
});
afterEach(async () => {
  await client.close();
  expect(client.bugs).toEqual([]);
});

const tooling = `${API}/tooling/sobjects`;

async function makeTrigger(Name: string, body: string): Promise<void> {
  const Body = `trigger ${Name} on Case (before insert) {\n${body}\n}`;
  const answer = await client.call('POST', `${tooling}/ApexTrigger`, { Name, TableEnumOrId: 'Case', Body });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
}

/** Status and events of each kept log, oldest first, without times and without what is the same in all. */
async function keptLogs(): Promise<{ status: string; request: string; events: string[] }[]> {
  const { body } = await client.tooling('SELECT Id, Status, Request FROM ApexLog ORDER BY CreatedDate, Id');
  const rows = body.records as { Id: string; Status: string; Request: string }[];
  return await Promise.all(
    rows.map(async ({ Id, Status, Request }) => {
      const text = (await client.call('GET', `${tooling}/ApexLog/${Id}/Body`)).body as string;
      const lines = text.split('\n').slice(1);
      expect(lines[0]).toMatch(/\|USER_INFO\|/);
      const events = lines
        .slice(1)
        .map((line) => line.replace(/^[\d:.]+ \(\d+\)\|/, '').replaceAll(/01q\w{12}/g, '01q…'));
      return { status: Status, request: Request, events };
    }),
  );
}

describe('the log of a transaction', () => {
  it('of the API tells what its triggers did', async () => {
    await makeTrigger(
      'Notes',
      "  List<Account> found = [SELECT Id FROM Account];\n  insert new Account(Name = 'New');\n  System.debug(found.size());",
    );
    await client.create('Case', { Subject: 'x' });
    const unit = 'Notes on Case trigger event BeforeInsert|__sfdc_trigger/Notes';
    expect(await keptLogs()).toEqual([
      {
        status: 'Success',
        request: 'Api',
        events: [
          'EXECUTION_STARTED',
          `CODE_UNIT_STARTED|[EXTERNAL]|01q…|${unit}`,
          'SOQL_EXECUTE_BEGIN|[2]|Aggregations:0|SELECT Id FROM Account',
          'SOQL_EXECUTE_END|[2]|Rows:0',
          'DML_BEGIN|[3]|Op:Insert|Type:Account|Rows:1',
          'DML_END|[3]',
          'USER_DEBUG|[4]|DEBUG|0',
          `CODE_UNIT_FINISHED|${unit}`,
          'EXECUTION_FINISHED',
          '',
        ],
      },
    ]);
  });

  it('that was rolled back is kept all the same, with what was thrown and caught', async () => {
    await makeTrigger(
      'Fails',
      "  try {\n    Integer.valueOf('x');\n  } catch (TypeException e) {\n    System.debug(e.getMessage());\n  }\n  String s;\n  s.length();",
    );
    const refused = await client.call('POST', `${API}/sobjects/Case`, { Subject: 'x' });
    expect(refused.status).toBe(400);
    const [log] = await keptLogs();
    expect(log?.status).toBe('Attempt to de-reference a null object');
    expect(log?.events).toEqual(
      expect.arrayContaining([
        'EXCEPTION_THROWN|[3]|System.TypeException: Invalid integer: x',
        'USER_DEBUG|[5]|DEBUG|Invalid integer: x',
        'EXCEPTION_THROWN|[8]|System.NullPointerException: Attempt to de-reference a null object',
        'FATAL_ERROR|System.NullPointerException: Attempt to de-reference a null object',
        'Trigger.Fails: line 8, column 1',
      ]),
    );
  });

  it('is not kept where no Apex ran', async () => {
    await client.create('Case', { Subject: 'x' });
    expect(await keptLogs()).toEqual([]);
  });
});
