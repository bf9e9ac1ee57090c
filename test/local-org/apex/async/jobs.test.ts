import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { waitingJobs } from '../../../../src/local-org/apex/async/job.ts';
import { JobRunner } from '../../../../src/local-org/apex/async/job-runner.ts';
import { runJob } from '../../../../src/local-org/apex/async/run-job.ts';
import { openOrgState } from '../../../../src/local-org/state/open-org.ts';
import type { OpenedOrg } from '../../../../src/local-org/state/open-org.ts';
import { runApex } from '../run-apex.ts';

let opened: OpenedOrg;
let runner: JobRunner;
let now = Date.parse('2026-01-05T10:00:00Z');
const bugs: unknown[] = [];

beforeEach(() => {
  now = Date.parse('2026-01-05T10:00:00Z');
  bugs.length = 0;
  opened = openOrgState({ now: () => new Date(now) });
  runner = new JobRunner(opened.state, (error) => {
    bugs.push(error);
  });
});

afterEach(async () => {
  await runner.close();
  opened.close();
  expect(bugs).toEqual([]);
});

const worker = `public class Worker {
  @future
  public static void rename(Id caseId, List<String> names) {
    update new Case(Id = caseId, Subject = String.join(names, '+'));
  }
  @future
  public static void fail() {
    Integer nothing = 1 / 0;
  }
}`;

async function jobs(): Promise<string[]> {
  return await runApex(
    `for (AsyncApexJob job : [SELECT JobType, Status, ExtendedStatus, MethodName FROM AsyncApexJob ORDER BY Id]) {
      System.debug(job.JobType + ' ' + job.MethodName + ' ' + job.Status + ' ' + job.ExtendedStatus);
    }`,
    { org: opened.state },
  );
}

async function subjects(): Promise<string[]> {
  return await runApex('for (Case one : [SELECT Subject FROM Case ORDER BY Id]) System.debug(one.Subject);', {
    org: opened.state,
  });
}

describe('a future method', () => {
  test('runs after the transaction has committed, with the arguments it was called with', async () => {
    await runApex(
      `Case record = new Case(Subject = 'before'); insert record;
       List<String> names = new List<String>{ 'a', 'b' };
       Worker.rename(record.Id, names);
       names.add('c');`,
      { org: opened.state, classes: { Worker: worker } },
    );
    await runner.idle();
    expect(await subjects()).toEqual(['a+b']);
    expect(await jobs()).toEqual(['Future rename Completed null']);
  });

  test('does not run when the transaction is taken back', async () => {
    const source = `insert new Case(Subject = 'gone'); Worker.fail(); Integer nothing = 1 / 0;`;
    await expect(runApex(source, { org: opened.state, classes: { Worker: worker } })).rejects.toThrow('Divide by 0');
    await runner.idle();
    expect(await jobs()).toEqual([]);
    expect(await subjects()).toEqual([]);
  });

  test('that throws is a failed job which says why and where', async () => {
    await runApex('Worker.fail();', { org: opened.state, classes: { Worker: worker } });
    await runner.idle();
    expect(await jobs()).toEqual([
      'Future fail Failed System.MathException: Divide by 0\nClass.Worker.fail: line 8, column 1',
    ]);
  });

  test('may not be called from another one', async () => {
    const chain = `public class Chain {
      @future public static void first() { second(); }
      @future public static void second() {}
    }`;
    await runApex('Chain.first();', { org: opened.state, classes: { Chain: chain } });
    await runner.idle();
    expect((await jobs())[0]).toContain(
      'System.AsyncException: Future method cannot be called from a future or batch method: Chain.second()',
    );
  });
});

const counter = `public class Counter implements Queueable {
  private Map<String, Object> state;
  private Integer left;
  public Counter(Map<String, Object> state, Integer left) { this.state = state; this.left = left; }
  public void execute(QueueableContext context) {
    insert new Case(Subject = left + ' ' + JSON.serialize(state) + ' ' + (context.getJobId() != null));
    if (left > 1) System.enqueueJob(new Counter(state, left - 1));
  }
}`;

describe('a Queueable', () => {
  test('is stored as it is when it is enqueued, and may enqueue the next', async () => {
    await runApex(
      `Map<String, Object> state = new Map<String, Object>{ 'n' => 1.50, 'ids' => new List<Integer>{ 1, 2 } };
       System.enqueueJob(new Counter(state, 2));
       state.put('late', true);`,
      { org: opened.state, classes: { Counter: counter } },
    );
    await runner.idle();
    expect(await subjects()).toEqual(['2 {"n":1.50,"ids":[1,2]} true', '1 {"n":1.50,"ids":[1,2]} true']);
    expect(await jobs()).toEqual(['Queueable null Completed null', 'Queueable null Completed null']);
  });

  test('with a delay waits until it is due', async () => {
    await runApex('System.enqueueJob(new Counter(new Map<String, Object>(), 1), 5);', {
      org: opened.state,
      classes: { Counter: counter },
    });
    await runner.idle();
    expect(await subjects()).toEqual([]);
    now += 5 * 60_000;
    runner.wake();
    await runner.idle();
    expect(await subjects()).toEqual(['1 {} true']);
  });

  test('whose class is gone when it is due is a failed job', async () => {
    await runApex('System.enqueueJob(new Counter(new Map<String, Object>(), 1), 5);', {
      org: opened.state,
      classes: { Counter: counter },
    });
    opened.state.components.delete('ApexClass', 'Counter');
    now += 5 * 60_000;
    runner.wake();
    await runner.idle();
    expect(await jobs()).toEqual([
      expect.stringContaining('Queueable null Failed System.AsyncException: Invalid type: Counter'),
    ]);
  });

  test('that is done while the org is being stopped is not queued again', async () => {
    const stopper = `public class Stopper implements Queueable {
      public void execute(QueueableContext context) { insert new Case(Subject = 'done'); }
    }`;
    await runner.close();
    await runApex('System.enqueueJob(new Stopper());', { org: opened.state, classes: { Stopper: stopper } });
    const [job] = waitingJobs(opened.state);
    if (job === undefined) throw new Error('No job was enqueued.');
    const stopping = new AbortController();
    const running = runJob(opened.state, job, stopping.signal);
    stopping.abort();
    await running;
    expect(await subjects()).toEqual(['done']);
    expect(await jobs()).toEqual(['Queueable null Completed null']);
  });
});

const batch = `public class Renamer implements Database.Batchable<SObject>, Database.Stateful {
  private Integer seen = 0;
  public Database.QueryLocator start(Database.BatchableContext context) {
    return Database.getQueryLocator('SELECT Id, Subject FROM Case ORDER BY Subject');
  }
  public void execute(Database.BatchableContext context, List<Case> scope) {
    seen += scope.size();
    for (Case one : scope) {
      if (one.Subject == 'bad') throw new IllegalArgumentException('bad one');
      one.Subject = one.Subject + '!';
    }
    update scope;
  }
  public void finish(Database.BatchableContext context) {
    insert new Case(Subject = 'seen ' + seen);
  }
}`;

describe('a batch', () => {
  const make = `insert new List<Case>{
    new Case(Subject = 'a'), new Case(Subject = 'b'), new Case(Subject = 'bad'), new Case(Subject = 'c') };`;

  async function figures(): Promise<string[]> {
    const source = `AsyncApexJob job = [SELECT Status, TotalJobItems, JobItemsProcessed, NumberOfErrors, ExtendedStatus FROM AsyncApexJob];
      System.debug(job.Status + ' ' + job.JobItemsProcessed + '/' + job.TotalJobItems + ' ' + job.NumberOfErrors + ' ' + job.ExtendedStatus);`;
    return await runApex(source, { org: opened.state });
  }

  test('runs in chunks; one that fails is left out', async () => {
    await runApex(`${make} Database.executeBatch(new Renamer(), 2);`, {
      org: opened.state,
      classes: { Renamer: batch },
    });
    await runner.idle();
    expect(await subjects()).toEqual(['a!', 'b!', 'bad', 'c', 'seen 2']);
    expect(await figures()).toEqual(['Completed 2/2 1 First error: bad one']);
  });

  test('has counted its chunks and their failures by the time it finishes', async () => {
    const finish = `AsyncApexJob job = [SELECT Status, TotalJobItems, JobItemsProcessed, NumberOfErrors FROM AsyncApexJob WHERE Id = :context.getJobId()];
      insert new Case(Subject = job.Status + ' ' + job.JobItemsProcessed + '/' + job.TotalJobItems + ' ' + job.NumberOfErrors);`;
    const telling = batch.replace("insert new Case(Subject = 'seen ' + seen);", finish);
    await runApex(`${make} Database.executeBatch(new Renamer(), 2);`, {
      org: opened.state,
      classes: { Renamer: telling },
    });
    await runner.idle();
    expect((await subjects()).at(-1)).toBe('Processing 2/2 1');
  });

  test('that aborts itself is at its end, without its finish', async () => {
    const aborting = batch.replace('update scope;', 'update scope; System.abortJob(context.getJobId());');
    await runApex(`${make} Database.executeBatch(new Renamer(), 2);`, {
      org: opened.state,
      classes: { Renamer: aborting },
    });
    await runner.idle();
    expect(await subjects()).toEqual(['a!', 'b!', 'bad', 'c']);
    expect(await figures()).toEqual(['Aborted 1/2 0 null']);
  });

  test('that cannot start has failed', async () => {
    const broken = batch.replace("return Database.getQueryLocator('SELECT", "return Database.getQueryLocator('CHOOSE");
    await runApex(`${make} Database.executeBatch(new Renamer(), 2);`, {
      org: opened.state,
      classes: { Renamer: broken },
    });
    await runner.idle();
    expect(await figures()).toEqual([expect.stringMatching(/^Failed 0\/0 1 First error: \S/)]);
  });
});

const nightly = `public class Nightly implements Schedulable {
  public void execute(SchedulableContext context) {
    CronTrigger own = [SELECT CronExpression, TimesTriggered FROM CronTrigger WHERE Id = :context.getTriggerId()];
    insert new Case(Subject = own.CronExpression + ' ' + own.TimesTriggered);
  }
}`;

test('scheduled Apex runs at its times until it is aborted', async () => {
  await runApex("System.debug(System.schedule('night', '0 0 3 * * ?', new Nightly()));", {
    org: opened.state,
    classes: { Nightly: nightly },
  });
  await runner.idle();
  expect(await subjects()).toEqual([]);
  for (const day of ['2026-01-06', '2026-01-07']) {
    now = Date.parse(`${day}T23:59:00Z`);
    runner.wake();
    await runner.idle();
  }
  expect(await subjects()).toEqual(['0 0 3 * * ? 0', '0 0 3 * * ? 1']);
  await runApex('System.abortJob([SELECT Id FROM CronTrigger].Id);', { org: opened.state });
  now += 3 * 24 * 3_600_000;
  runner.wake();
  await runner.idle();
  expect((await subjects()).length).toBe(2);
});
