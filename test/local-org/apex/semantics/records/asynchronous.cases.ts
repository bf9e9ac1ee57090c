import type { SemanticsCase } from '../semantics-case.ts';

const doers = {
  Doer: `
    public class Doer implements Queueable {
      String name;
      public Doer(String name) { this.name = name; }
      public void execute(QueueableContext context) { insert new Account(Name = name); }
    }
  `,
  Later: `
    public class Later {
      public static String state = 'untouched';
      @future public static void make(String name) { state = 'touched'; insert new Account(Name = name); }
    }
  `,
};

export const asynchronous: readonly SemanticsCase[] = [
  {
    name: 'a future method does not run in the transaction that calls it',
    classes: doers,
    source: `
      Later.make('Later');
      System.debug(Later.state);
      System.debug([SELECT COUNT() FROM Account WHERE Name = 'Later']);
    `,
    prints: ['untouched', '0'],
  },
  {
    name: 'a queueable does not run in the transaction that enqueues it',
    classes: doers,
    source: `
      System.enqueueJob(new Doer('Queued'));
      System.debug([SELECT COUNT() FROM Account WHERE Name = 'Queued']);
    `,
    prints: ['0'],
  },
  {
    name: 'future calls are counted',
    classes: doers,
    source: `
      Later.make('a');
      Later.make('b');
      System.debug(Limits.getFutureCalls());
    `,
    prints: ['2'],
  },
  {
    name: 'the 51st future call ends the program',
    classes: doers,
    source: `for (Integer i = 0; i < 51; i++) { Later.make('x'); }`,
    throws: 'System.LimitException: Too many future calls: 51',
  },
  {
    name: 'queueables are counted',
    classes: doers,
    source: `
      System.enqueueJob(new Doer('a'));
      System.debug(Limits.getQueueableJobs());
    `,
    prints: ['1'],
  },
  {
    name: 'the 51st queueable ends the program',
    classes: doers,
    source: `for (Integer i = 0; i < 51; i++) { System.enqueueJob(new Doer('x')); }`,
    throws: 'System.LimitException: Too many queueable jobs added to the queue: 51',
  },
  {
    name: 'enqueueJob gives the id of the job',
    classes: doers,
    source: `
      Id job = System.enqueueJob(new Doer('a'));
      System.debug(job.getSObjectType());
      AsyncApexJob row = [SELECT JobType, Status FROM AsyncApexJob WHERE Id = :job];
      System.debug(row.JobType + ' ' + row.Status);
    `,
    prints: ['AsyncApexJob', 'Queueable Queued'],
  },
  {
    name: 'a future method is a job',
    classes: doers,
    source: `
      Later.make('a');
      AsyncApexJob row = [SELECT JobType, MethodName, ApexClass.Name FROM AsyncApexJob WHERE JobType = 'Future'];
      System.debug(row.MethodName + ' ' + row.ApexClass.Name);
    `,
    prints: ['make Later'],
  },
  {
    name: 'anonymous Apex is neither future nor batch nor queueable',
    source: `
      System.debug(System.isFuture() + ' ' + System.isBatch() + ' ' + System.isQueueable() + ' ' + System.isScheduled());
    `,
    prints: ['false false false false'],
  },
];
