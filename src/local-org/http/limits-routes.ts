import { recipientsPerDay } from '../mail/send/daily-limit.ts';
import type { OrgState } from '../state/org-state.ts';
import type { ApiUsage } from './api-usage.ts';
import { DAILY_API_REQUESTS } from './api-usage.ts';
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
  };
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

/** `GET …/limits`. */
export function limitsRoutes(usage: ApiUsage): RouteRegistrant {
  return (app, org) => {
    app.get('/services/data/:version/limits', (c) => c.json(limits(org, usage)));
  };
}
