import type { OrgState } from '../../../state/org-state.ts';
import { fieldText } from '../../../state/field-text.ts';
import { nextFireTime } from './cron.ts';
import type { Job } from '../job.ts';
import { putJob } from '../job.ts';
import { storedDatetime } from '../../../state/stored-datetime.ts';

/** After a scheduled job has run: its CronTrigger tells of it, and it waits for the next time, or is gone. */
export function scheduleAgain(org: OrgState, job: Job): void {
  if (job.work.kind !== 'scheduled') return;
  const trigger = org.records.get('CronTrigger', job.work.triggerId);
  if (trigger === undefined) return;
  const expression = fieldText(trigger['CronExpression']);
  const next = nextFireTime(expression, fieldText(trigger['TimeZoneSidKey']) || 'GMT', org.now());
  if (next === undefined) {
    org.records.delete('CronTrigger', trigger.Id);
    return;
  }
  const TimesTriggered = Number(trigger['TimesTriggered'] ?? 0) + 1;
  org.records.update(
    'CronTrigger',
    trigger.Id,
    { PreviousFireTime: storedDatetime(org.now()), NextFireTime: storedDatetime(next), TimesTriggered },
    job.userId,
  );
  const former = org.records.get('AsyncApexJob', job.id);
  const row = org.records.insert(
    'AsyncApexJob',
    {
      JobType: 'ScheduledApex',
      Status: 'Queued',
      ApexClassId: former?.['ApexClassId'] ?? null,
      CronTriggerId: trigger.Id,
      JobItemsProcessed: 0,
      TotalJobItems: 0,
      NumberOfErrors: 0,
    },
    job.userId,
  );
  putJob(org, { ...job, id: row.Id, notBefore: next.toISOString() });
}
