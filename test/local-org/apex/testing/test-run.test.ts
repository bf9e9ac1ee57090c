import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { apexOf } from '../../../../src/local-org/apex/runtime.ts';
import { testClassesOf } from '../../../../src/local-org/apex/testing/test-classes.ts';
import { createTestRun } from '../../../../src/local-org/apex/testing/test-run-rows.ts';
import { startTestRun } from '../../../../src/local-org/apex/testing/test-run.ts';
import { saveRecords } from '../../../../src/local-org/records/save/save-records.ts';
import { startLocalOrg } from '../../../../src/local-org/start-local-org.ts';
import type { RunningOrg } from '../../../../src/local-org/start-local-org.ts';
import type { OrgState } from '../../../../src/local-org/state/org-state.ts';
import { apexSourceOrg } from '../apex-source-org.ts';

const testClass = (name: string): string => `@IsTest private class ${name} { @IsTest static void passes() { } }`;
const all = { wanted: undefined, failuresToStop: undefined, skipCodeCoverage: false };

let dataDir: string;
let running: RunningOrg;
let org: OrgState;

async function start(): Promise<void> {
  running = await startLocalOrg({ dataDir });
  org = running.state;
}

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'local-org-'));
  await start();
  await apexSourceOrg(org, { classes: { ATest: testClass('ATest'), BTest: testClass('BTest') } });
});
afterEach(async () => {
  await running.close();
  rmSync(dataDir, { recursive: true });
});

const statuses = (sobject: string): unknown[] => org.records.all(sobject).map((row) => row['Status']);

async function runOver(): Promise<void> {
  while (statuses('ApexTestRunResult').some((status) => status === 'Queued' || status === 'Processing')) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** As a client sends it that wants to stop a run. */
function abort(items: readonly { readonly Id: string }[]): string[] {
  const results = saveRecords(org, {
    api: 'tooling',
    sobject: 'ApexTestQueueItem',
    operation: 'update',
    records: items.map(({ Id }) => ({ id: Id, values: { Status: 'Aborted' } })),
    userId: org.settings.adminUserId,
    allOrNone: false,
  });
  return results.map(({ errors }) => errors[0]?.statusCode ?? 'ok');
}

describe('a test run', () => {
  it('is aborted by aborting its queue items before they are run', async () => {
    await startTestRun(org, all, org.settings.adminUserId);
    expect(abort(org.records.all('ApexTestQueueItem'))).toEqual(['ok', 'ok']);
    await runOver();
    expect(statuses('ApexTestRunResult')).toEqual(['Aborted']);
    expect(statuses('AsyncApexJob')).toEqual(['Aborted']);
    expect(org.records.all('ApexTestResult')).toEqual([]);
    expect(abort(org.records.all('ApexTestQueueItem'))).toEqual([
      'FIELD_INTEGRITY_EXCEPTION',
      'FIELD_INTEGRITY_EXCEPTION',
    ]);
  });

  it('goes on with the classes that were not aborted', async () => {
    await startTestRun(org, all, org.settings.adminUserId);
    abort(org.records.all('ApexTestQueueItem').slice(0, 1));
    await runOver();
    expect(statuses('ApexTestQueueItem')).toEqual(['Aborted', 'Completed']);
    expect(org.records.all('ApexTestResult')).toHaveLength(1);
  });

  it('waits for the one before it', async () => {
    await startTestRun(org, all, org.settings.adminUserId);
    const second = await startTestRun(org, all, org.settings.adminUserId);
    await runOver();
    expect(statuses('ApexTestRunResult')).toEqual(['Completed', 'Completed']);
    expect(org.records.find('ApexTestResult', { AsyncApexJobId: second })).toHaveLength(2);
  });

  it('notes what is no fault of the tests: a class that went away meanwhile', async () => {
    await startTestRun(org, all, org.settings.adminUserId);
    org.components.delete('ApexClass', 'ATest');
    await runOver();
    expect(statuses('ApexTestQueueItem')).toEqual(['Failed', 'Completed']);
    expect(statuses('ApexTestRunResult')).toEqual(['Failed']);
  });

  it('that a killed process left in the middle has ended as aborted when the org is there again', async () => {
    const chosen = testClassesOf(org, apexOf(org).program()).map((testClass) => ({
      testClass,
      methods: testClass.methods,
    }));
    const options = { userId: org.settings.adminUserId, isAllTests: true, skipCodeCoverage: false };
    createTestRun(org, chosen, options);
    await running.close();
    await start();
    expect(statuses('ApexTestQueueItem')).toEqual(['Aborted', 'Aborted']);
    expect(statuses('ApexTestRunResult')).toEqual(['Aborted']);
    expect(statuses('AsyncApexJob')).toEqual(['Aborted']);
  });
});
