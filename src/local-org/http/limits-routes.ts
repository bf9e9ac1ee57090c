import { recipientsPerDay } from '../mail/send/daily-limit.ts';
import { userHasPermission } from '../records/user-permission-row.ts';
import type { OrgState } from '../state/org-state.ts';
import type { ApiUsage } from './api-usage.ts';
import { DAILY_API_REQUESTS } from './api-usage.ts';
import { RestError } from './rest-error.ts';
import type { RouteRegistrant } from './route.ts';
import { fieldText } from '../state/field-text.ts';

/** Daily maxima, most of them those of a Developer Edition; `used` is counted where this org does the thing. */
function limits(org: OrgState, usage: ApiUsage): Record<string, { Max: number; Remaining: number }> {
  const of = (max: number, used: number): { Max: number; Remaining: number } => ({
    Max: max,
    Remaining: Math.max(0, max - used),
  });
  return {
    DailyApiRequests: of(DAILY_API_REQUESTS, usage.today()),
    DailyAsyncApexExecutions: of(250_000, createdToday(org, 'AsyncApexJob')),
    DailyAsyncApexTests: of(500, createdToday(org, 'ApexTestQueueItem')),
    SingleEmail: of(recipientsPerDay(org), dailyUse(org, 'SingleEmail')),
    MassEmail: of(10, 0),
    DataStorageMB: of(DATA_STORAGE_MB, megabytes(dataBytes(org))),
    FileStorageMB: of(FILE_STORAGE_MB, megabytes(fileBytes(org))),
  };
}

/** Storage of a Developer Edition. */
const DATA_STORAGE_MB = 5;
const FILE_STORAGE_MB = 20;
/** What most records count, whatever is in them (help, "Salesforce Record Size Overview"). */
const RECORD_BYTES = 2048;
const STORED_OBJECTS = ['Account', 'Contact', 'Case', 'Task', 'MessagingSession', 'MessagingEndUser'];

/** Mail counts by its content, the rest by the record. */
function dataBytes(org: OrgState): number {
  const records = STORED_OBJECTS.reduce((sum, sobject) => sum + org.records.all(sobject).length, 0);
  const mail = org.records
    .all('EmailMessage')
    .map((row) => RECORD_BYTES + fieldText(row['TextBody']).length + fieldText(row['HtmlBody']).length);
  return records * RECORD_BYTES + mail.reduce((sum, bytes) => sum + bytes, 0);
}

function fileBytes(org: OrgState): number {
  return org.records.all('ContentVersion').reduce((sum, row) => sum + Number(row['ContentSize'] ?? 0), 0);
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / (1024 * 1024));
}

/**
 * How much of a daily limit was used on the current UTC day, by whoever counts it in the documents of kind
 * `daily-use` under `<limit>/<day>`.
 */
function dailyUse(org: OrgState, limit: string): number {
  const used = org.documents.get('daily-use', `${limit}/${org.now().toISOString().slice(0, 10)}`);
  return typeof used === 'number' ? used : 0;
}

function createdToday(org: OrgState, sobject: string): number {
  const today = org.now().toISOString().slice(0, 10);
  return org.records.all(sobject).filter((row) => fieldText(row['CreatedDate']).startsWith(today)).length;
}

/** `GET …/limits`, for users with View Setup and Configuration (REST API guide, "Limits"). */
export function limitsRoutes(usage: ApiUsage): RouteRegistrant {
  return (app, org) => {
    app.get('/services/data/:version/limits', (c) => {
      if (!userHasPermission(org, c.get('session').userId, 'ViewSetup')) {
        throw new RestError(403, 'API_DISABLED_FOR_ORG', 'Limits resource is not enabled');
      }
      return c.json(limits(org, usage));
    });
  };
}
