import type { Reading } from './reading.ts';

/** Lines of the sender about mail that was refused. */
export interface LoggedFailures {
  /** How many logs were looked into. */
  logs: number;
  /** Newest first. */
  lines: readonly string[];
}

/** Each log is a request of its own: a few of the newest tell what is wrong now. */
const mostLogs = 3;
/** What the sender of this product and of the page writes, and what Salesforce says when the day's mails are used up. */
const failure = /sendEmail failed:|SINGLE_EMAIL_LIMIT_EXCEEDED|NO_MASS_MAIL_PERMISSION/;
/** A line of a log is as long as what it prints; the beginning holds the reason. */
const longestLine = 400;

export const loggedFailures: Reading<LoggedFailures> = {
  what: `ApexLog of the last day, and the text of the newest ${mostLogs}`,
  read: async ({ org }) => {
    const rows = await org.query<{ Id: string }>(
      `SELECT Id FROM ApexLog WHERE StartTime = LAST_N_DAYS:1 ORDER BY StartTime DESC LIMIT ${mostLogs}`,
      'reading debug logs',
    );
    const texts = await Promise.all(
      rows.map(({ Id }) => org.text(`/tooling/sobjects/ApexLog/${Id}/Body`, 'reading a debug log')),
    );
    const lines = texts.flatMap((text) => text.split('\n').filter((line) => failure.test(line)));
    return { logs: rows.length, lines: lines.map((line) => line.slice(0, longestLine)) };
  },
};
