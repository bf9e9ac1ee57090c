import { settingsOf } from '../../settings/settings-documents.ts';
import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { StoredRecord } from '../../state/record-store.ts';
import { mentions } from '../references/apex-references.ts';

const LIVE = new Set(['Holding', 'Queued', 'Preparing', 'Processing']);
const ASYNCHRONOUS = new Set(['BatchApex', 'BatchApexWorker', 'Future', 'Queueable']);

/**
 * Why a class can be neither changed nor deleted now: jobs of it wait or run. A scheduled job holds the classes that its
 * own refers to as well (Apex Developer Guide, "Apex Scheduler"). The Deployment Settings of an org may allow it all the
 * same. Undefined for a class that is free.
 */
export function pendingJobsProblem(org: OrgState, className: string): string | undefined {
  if (settingsOf(org, 'Deployment')['doesSkipAsyncApexValidation'] === true) return undefined;
  const live = org.records.all('AsyncApexJob').filter((job) => LIVE.has(fieldText(job['Status'])));
  if (live.length === 0) return undefined;
  const own = live.filter((job) => ASYNCHRONOUS.has(fieldText(job['JobType'])) && classOf(org, job) === key(className));
  if (own.length > 0) {
    return `This Apex class has asynchronous Apex jobs pending or in progress; AsyncApexJob ID(s): ${shortIds(own.map(({ Id }) => Id))}`;
  }
  const schedules = live
    .filter((job) => job['JobType'] === 'ScheduledApex')
    .filter((job) => referredFrom(org, classOf(org, job)).has(key(className)));
  if (schedules.length === 0) return undefined;
  const ids = shortIds(schedules.map((job) => fieldText(job['CronTriggerId'])));
  return (
    `This schedulable class has jobs pending or in progress - CronTrigger IDs (${ids})\n` +
    'You can bypass this error by allowing deployments with Apex jobs in the Deployment Settings page in Setup.'
  );
}

function classOf(org: OrgState, job: StoredRecord): string {
  return key(fieldText(org.records.get('ApexClass', fieldText(job['ApexClassId']))?.['Name']));
}

/** A class with all that it refers to, and what those refer to. */
function referredFrom(org: OrgState, className: string): Set<string> {
  const classes = org.components.list('ApexClass');
  const found = new Set([className]);
  for (const name of found) {
    const body = classes.find(({ fullName }) => key(fullName) === name)?.body ?? '';
    for (const { fullName } of classes) if (mentions(body, fullName)) found.add(key(fullName));
  }
  return found;
}

/** Messages show ids with 15 characters. */
function shortIds(ids: readonly string[]): string {
  return ids.map((id) => id.slice(0, 15)).join(', ');
}

function key(name: string): string {
  return name.toLowerCase();
}
