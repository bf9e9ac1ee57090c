import type { Transaction } from '../../run/transaction.ts';
import { apexError } from '../../values/exception.ts';
import { Instance } from '../../values/instance.ts';
import type { Value } from '../../values/value.ts';
import { nullArgument } from '../../library/native.ts';
import { userTimeZone } from '../../library/time/time-zone.ts';
import { nextFireTime } from './cron.ts';
import { addScheduledJob } from '../enqueue.ts';
import { storeValues } from '../stored-values/store-values.ts';
import { storedDatetime } from '../../../state/stored-datetime.ts';

/** Scheduled Apex jobs an org may have at a time. */
const MAX_SCHEDULED = 100;

/**
 * `System.schedule(name, cron, object)`
 * @returns the id of its CronTrigger
 * @throws ApexThrown System.AsyncException, System.StringException for what is no cron expression; System.LimitException
 */
export function scheduleJob(run: Transaction, name: string, cron: string, object: Value): string {
  if (!(object instanceof Instance)) throw nullArgument();
  run.limits.use('DmlStatements');
  const { org } = run;
  const isTaken = org.records
    .find('CronJobDetail', { Name: name })
    .some((detail) => org.records.find('CronTrigger', { CronJobDetailId: detail.Id }).length > 0);
  if (isTaken)
    throw apexError('System.AsyncException', `The Apex job named "${name}" is already scheduled for execution.`);
  if (org.records.all('CronTrigger').length >= MAX_SCHEDULED) {
    throw apexError('System.LimitException', 'You have exceeded the maximum number (100) of Apex scheduled jobs.');
  }
  const timeZone = userTimeZone(run);
  const next = nextFireTime(cron, timeZone, org.now());
  if (next === undefined) {
    throw apexError('System.AsyncException', `Based on configured schedule, the given trigger will never fire.`);
  }
  const detail = org.records.insert('CronJobDetail', { Name: name, JobType: '7' }, run.userId);
  const trigger = org.records.insert(
    'CronTrigger',
    {
      CronJobDetailId: detail.Id,
      CronExpression: cron,
      State: 'WAITING',
      NextFireTime: storedDatetime(next),
      StartTime: storedDatetime(org.now()),
      TimeZoneSidKey: timeZone,
      TimesTriggered: 0,
      OwnerId: run.userId,
    },
    run.userId,
  );
  addScheduledJob(run, object, { kind: 'scheduled', object: storeValues([object]), triggerId: trigger.Id }, next);
  return trigger.Id;
}
