import { quoted } from '../../../provision/org/soql-literal.ts';
import type { Reading } from '../reading.ts';
import { channelRow } from './channel.ts';

/** A messaging session, without anything of the customer's. */
export interface SessionRow {
  /** `0Mw…` */
  id: string;
  /** New, Waiting, Active, Consent, Paused, Inactive, Ended or Error. */
  status: string;
  /** ISO 8601, as all times here. */
  createdDate: string;
  /** When the status was given, or anything changed since. */
  changedDate: string;
  /** Undefined as long as no representative has taken it. */
  acceptTime: string | undefined;
  endTime: string | undefined;
  /** The customer had no proof of identity; undefined where the org does not show who it was. */
  isAnonymous: boolean | undefined;
}

interface Row {
  Id: string;
  Status: string;
  CreatedDate: string;
  LastModifiedDate: string;
  AcceptTime: string | null;
  EndTime: string | null;
  MessagingEndUser: { MessagingPlatformKey: string | null } | null;
}

/** Those of the last three days, at most two hundred, newest first. */
export const recentSessions: Reading<readonly SessionRow[]> = {
  what: 'MessagingSession of the channel, the newest of the last three days, with the kind of MessagingEndUser.MessagingPlatformKey',
  read: async ({ org, read }) => {
    const channel = await read(channelRow);
    if (channel === undefined) return [];
    const rows = await org.query<Row>(
      'SELECT Id, Status, CreatedDate, LastModifiedDate, AcceptTime, EndTime, MessagingEndUser.MessagingPlatformKey FROM MessagingSession ' +
        `WHERE MessagingChannelId = ${quoted([channel.id])} AND CreatedDate = LAST_N_DAYS:3 ORDER BY CreatedDate DESC LIMIT 200`,
      'reading messaging sessions',
    );
    return rows.map((row) => ({
      id: row.Id,
      status: row.Status,
      createdDate: row.CreatedDate,
      changedDate: row.LastModifiedDate,
      acceptTime: row.AcceptTime ?? undefined,
      endTime: row.EndTime ?? undefined,
      isAnonymous: isAnonymous(row.MessagingEndUser?.MessagingPlatformKey ?? ''),
    }));
  },
};

/** Keys were seen as `v2/iamessage/AUTH/<keyset>/uid:<sub>` and `v2/iamessage/ANON/<id>`; of others nothing is said. */
function isAnonymous(platformKey: string): boolean | undefined {
  if (platformKey.includes('/ANON/')) return true;
  return platformKey.includes('/AUTH/') ? false : undefined;
}
