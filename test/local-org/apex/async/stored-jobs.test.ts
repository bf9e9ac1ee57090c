import { describe, expect, test } from 'vitest';
import { ApexFailure, runApex } from '../run-apex.ts';

const holder = `public class Holder implements Queueable {
  private Object held;
  public Holder(Object held) { this.held = held; }
  public void execute(QueueableContext context) {}
}`;

describe('what a job holds is stored when it is enqueued', () => {
  test.each([
    ['Messaging.SingleEmailMessage', 'new Messaging.SingleEmailMessage()'],
    ['System.HttpResponse', 'new HttpResponse()'],
    ['Schema.DescribeFieldResult', 'Case.Subject.getDescribe()'],
  ])('%s cannot be stored', async (type, expression) => {
    const source = `System.enqueueJob(new Holder(${expression}));`;
    const failure = await runApex(source, { classes: { Holder: holder } }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ApexFailure);
    expect(failure).toMatchObject({ message: `System.SerializationException: Not Serializable: ${type}` });
  });

  test('records and values can', async () => {
    const source = `
      System.enqueueJob(new Holder(new Map<String, Object>{ 'case' => new Case(Subject = 'x'), 'at' => Date.today() }));
      System.debug(Limits.getQueueableJobs());`;
    expect(await runApex(source, { classes: { Holder: holder } })).toEqual(['1']);
  });
});
