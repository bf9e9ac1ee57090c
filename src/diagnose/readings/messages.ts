import { quoted } from '../../provision/org/soql-literal.ts';
import { integrationUsername } from './expected.ts';
import type { Reading } from './reading.ts';

/** A mail that came in. */
export interface InboundMail {
  id: string;
  caseId: string | undefined;
  /** ISO 8601; undefined where the mail hangs on no Case. */
  caseCreatedDate: string | undefined;
  caseNumber: string;
  subject: string;
  /** Text and HTML together. */
  body: string;
  from: string;
  createdDate: string;
}

interface InboundRow {
  Id: string;
  ParentId: string | null;
  Parent: { CreatedDate: string; CaseNumber: string } | null;
  Subject: string | null;
  TextBody: string | null;
  HtmlBody: string | null;
  FromAddress: string | null;
  CreatedDate: string;
}

/** The newest twenty-five, newest first. */
export const inboundMail: Reading<readonly InboundMail[]> = {
  what: 'EmailMessage, the newest incoming ones',
  read: async ({ org }) => {
    const rows = await org.query<InboundRow>(
      'SELECT Id, ParentId, Parent.CreatedDate, Parent.CaseNumber, Subject, TextBody, HtmlBody, FromAddress, CreatedDate FROM EmailMessage WHERE Incoming = true ORDER BY CreatedDate DESC LIMIT 25',
      'reading mail that came in',
    );
    return rows.map((row) => ({
      id: row.Id,
      caseId: row.ParentId ?? undefined,
      caseCreatedDate: row.Parent?.CreatedDate,
      caseNumber: row.Parent?.CaseNumber ?? '',
      subject: row.Subject ?? '',
      body: bodyOf(row),
      from: row.FromAddress ?? '',
      createdDate: row.CreatedDate,
    }));
  },
};

function bodyOf({ TextBody, HtmlBody }: { TextBody: string | null; HtmlBody: string | null }): string {
  return [TextBody, HtmlBody].filter((text) => text !== null).join('\n');
}

/** A mail that was written in the org for a customer. */
export interface OutboundMail {
  id: string;
  caseId: string | undefined;
  subject: string;
  body: string;
  to: string;
  /** Of EmailMessage: `3` sent, `5` draft … */
  status: string;
  bounced: boolean;
  createdDate: string;
  /** Username. */
  createdBy: string;
}

interface OutboundRow {
  Id: string;
  ParentId: string | null;
  Subject: string | null;
  TextBody: string | null;
  HtmlBody: string | null;
  ToAddress: string | null;
  Status: string;
  IsBounced: boolean;
  CreatedDate: string;
  CreatedBy: { Username: string } | null;
}

/** The newest twenty, newest first. */
export const outboundMail: Reading<readonly OutboundMail[]> = {
  what: 'EmailMessage, the newest outgoing ones',
  read: async ({ org }) => {
    const rows = await org.query<OutboundRow>(
      'SELECT Id, ParentId, Subject, TextBody, HtmlBody, ToAddress, Status, IsBounced, CreatedDate, CreatedBy.Username FROM EmailMessage WHERE Incoming = false ORDER BY CreatedDate DESC LIMIT 20',
      'reading mail that went out',
    );
    return rows.map((row) => ({
      id: row.Id,
      caseId: row.ParentId ?? undefined,
      subject: row.Subject ?? '',
      body: bodyOf(row),
      to: row.ToAddress ?? '',
      status: row.Status,
      bounced: row.IsBounced,
      createdDate: row.CreatedDate,
      createdBy: row.CreatedBy?.Username ?? '',
    }));
  },
};

/** Replies of OpenCX without the mark of having been sent, of the last three days, newest first. */
export const unsentReplies: Reading<readonly { id: string; createdDate: string }[]> = {
  what: 'EmailMessage of the integration user without the mark of having been sent',
  read: async ({ org, drawn, read }) => {
    const username = await read(integrationUsername);
    if (username === undefined) return [];
    const rows = await org.query<{ Id: string; CreatedDate: string }>(
      `SELECT Id, CreatedDate FROM EmailMessage WHERE Incoming = false AND Status != '5' AND ${drawn.settings.names.emailSentField} = false ` +
        `AND CreatedBy.Username = ${quoted([username.value])} AND CreatedDate = LAST_N_DAYS:3 ORDER BY CreatedDate DESC LIMIT 20`,
      'looking for replies that were not sent',
    );
    return rows.map(({ Id, CreatedDate }) => ({ id: Id, createdDate: CreatedDate }));
  },
};
