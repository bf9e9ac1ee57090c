import { quoted } from '../../provision/org/soql-literal.ts';
import { integrationUsername } from './expected.ts';
import type { Reading } from './reading.ts';

/** A job that our class started: a webhook call or a mail. */
export interface ApexJob {
  id: string;
  type: string;
  status: string;
  /** Why it failed, in Salesforce's words. */
  error: string | undefined;
  createdDate: string;
}

interface JobRow {
  Id: string;
  JobType: string;
  Status: string;
  ExtendedStatus: string | null;
  NumberOfErrors: number | null;
  CreatedDate: string;
}

/** Days of history that are looked at: Salesforce keeps ended jobs for seven. */
export const historyDays = 3;

/** Newest first. */
export const jobs: Reading<readonly ApexJob[]> = {
  what: `AsyncApexJob of our class, of the last ${historyDays} days`,
  read: async ({ org, drawn }) => {
    const { apexClass } = drawn.settings.names;
    const rows = await org.query<JobRow>(
      'SELECT Id, JobType, Status, ExtendedStatus, NumberOfErrors, CreatedDate FROM AsyncApexJob ' +
        `WHERE ApexClass.Name = ${quoted([apexClass])} AND JobType IN ('Future', 'Queueable') AND CreatedDate = LAST_N_DAYS:${historyDays} ` +
        'ORDER BY CreatedDate DESC LIMIT 200',
      'reading the jobs of our class',
    );
    return rows.map((row) => ({
      id: row.Id,
      type: row.JobType,
      status: row.Status,
      error: row.ExtendedStatus ?? undefined,
      createdDate: row.CreatedDate,
    }));
  },
};

export interface NewCase {
  id: string;
  number: string;
  createdDate: string;
  createdBy: string;
}

/** Cases that somebody else than OpenCX opened: each should have been reported. Newest first. */
export const casesOfOthers: Reading<readonly NewCase[]> = {
  what: `Case, of the last ${historyDays} days`,
  read: async ({ org, read }) => {
    const own = await read(integrationUsername);
    const rows = await org.query<{
      Id: string;
      CaseNumber: string;
      CreatedDate: string;
      CreatedBy: { Username: string } | null;
    }>(
      `SELECT Id, CaseNumber, CreatedDate, CreatedBy.Username FROM Case WHERE CreatedDate = LAST_N_DAYS:${historyDays} ORDER BY CreatedDate DESC LIMIT 100`,
      'reading new Cases',
    );
    return rows
      .map((row) => ({
        id: row.Id,
        number: row.CaseNumber,
        createdDate: row.CreatedDate,
        createdBy: row.CreatedBy?.Username ?? '',
      }))
      .filter(({ createdBy }) => createdBy.toLowerCase() !== own?.value.toLowerCase());
  },
};

/** How many Cases OpenCX opened, day by day (`2026-11-25`); undefined where this user does not see the field. */
export const handoffsByDay: Reading<readonly { day: string; count: number }[]> = {
  what: 'Case with the mark of OpenCX, of the last 30 days, counted by day',
  read: async ({ org, drawn }) => {
    const { names, caseFromValue } = drawn.settings;
    const rows = await org.query<{ createdOn: string; total: number }>(
      `SELECT DAY_ONLY(CreatedDate) createdOn, COUNT(Id) total FROM Case WHERE ${names.caseFromField} = ${quoted([caseFromValue])} AND CreatedDate = LAST_N_DAYS:30 GROUP BY DAY_ONLY(CreatedDate) ORDER BY DAY_ONLY(CreatedDate)`,
      'counting handoffs',
    );
    return rows.map(({ createdOn, total }) => ({ day: createdOn, count: total }));
  },
};
