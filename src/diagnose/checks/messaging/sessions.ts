import { ageOf } from '../../age.ts';
import type { Check } from '../../check.ts';
import { counted } from '../../counted.ts';
import { fail, pass, skip, warn } from '../../finding.ts';
import { channelMetadata } from '../../readings/messaging/channel.ts';
import { recentSessions, type SessionRow } from '../../readings/messaging/sessions.ts';
import { authModeOf } from '../../../provision/messaging/channel/channel-values.ts';
import { judgeChannel, noMessaging } from './applies.ts';

const minuteMs = 60_000;
/** So long a conversation may wait before that says something of the routing. */
const patienceMs = 30 * minuteMs;
/** Who leaves sooner has not been let down; a test that cleans up after itself neither. */
const soonMs = 5 * minuteMs;
const mostNamed = 10;

export const recent: Check = {
  id: 'messaging.recent',
  title: 'Conversations of the last days have reached people',
  group: 'messaging',
  why: '“Conversation created but no messages appear”, seen in the records: sessions that wait for ever, ended without a representative, or failed.',
  mending:
    'See who is online in Omni-Channel, the queue’s members and the flow; opencx-sf verify messaging follows one conversation through all of it.',
  requires: ['messaging.channel'],
  reads: [recentSessions],
  appliesTo: noMessaging,
  run: async ({ read, now }) => {
    const sessions = await read(recentSessions);
    const groups = [
      { id: 'waiting', what: 'wait for more than half an hour', found: sessions.filter((one) => isStuck(one, now)) },
      { id: 'failed', what: 'failed (status Error)', found: sessions.filter(({ status }) => status === 'Error') },
      { id: 'missed', what: 'ended without a representative', found: sessions.filter(isMissed) },
    ].filter(({ found }) => found.length > 0);
    const data = Object.fromEntries(groups.map(({ id, found }) => [id, found.map((session) => session.id)]));
    const newest = sessions[0];
    if (newest === undefined) return pass('no conversations in three days', { data });
    if (groups.length === 0) {
      return pass(
        `${counted(sessions.length, 'conversation', 'conversations')}, the last ${ageOf(newest.createdDate, now)} ago`,
        { data },
      );
    }
    const parts = groups.map(({ what, found }) => `${found.length} ${what}`);
    return warn(`Of ${counted(sessions.length, 'conversation', 'conversations')} in three days, ${parts.join(', ')}.`, {
      data,
      evidence: groups.flatMap(({ what, found }) =>
        found.slice(0, mostNamed).map(({ id, createdDate }) => `MessagingSession ${id} of ${createdDate}: ${what}`),
      ),
      remedy: [{ text: 'Follow one conversation through all of it', command: 'opencx-sf verify messaging' }],
    });
  },
};

function isStuck({ status, changedDate }: SessionRow, now: number): boolean {
  return (status === 'Waiting' || status === 'New') && now - Date.parse(changedDate) > patienceMs;
}

function isMissed({ status, acceptTime, createdDate, endTime }: SessionRow): boolean {
  if (status !== 'Ended' || acceptTime !== undefined || endTime === undefined) return false;
  return Date.parse(endTime) - Date.parse(createdDate) > soonMs;
}

export const verifiedUsers: Check = {
  id: 'messaging.verified-users',
  title: 'Contacts arrive as verified users',
  group: 'messaging',
  why: 'A token that does not fit may be answered with an anonymous user and no error: conversations then belong to nobody, and end with the token.',
  mending:
    'Compare key, kid and issuer of the MIAW tab of OpenCX with keyset and key; opencx-sf messaging token shows what a token of yours becomes.',
  requires: ['messaging.auth-mode'],
  reads: [channelMetadata, recentSessions],
  appliesTo: noMessaging,
  run: (context) =>
    judgeChannel(context, async (channel) => {
      if (authModeOf(channel) !== 'Auth') return skip('The channel verifies nobody.');
      const known = (await context.read(recentSessions)).filter(({ isAnonymous }) => isAnonymous !== undefined);
      const anonymous = known.filter(({ isAnonymous }) => isAnonymous === true);
      const data = { sessions: known.length, anonymous: anonymous.map(({ id }) => id) };
      if (known.length === 0) return pass('no conversations in three days', { data });
      if (anonymous.length === 0)
        return pass(`all of ${counted(known.length, 'conversation', 'conversations')}`, { data });
      // What was wrong and is mended stays in the records for a while.
      const judge = known[0]?.isAnonymous === true ? fail : warn;
      return judge(
        `${anonymous.length} of ${counted(known.length, 'conversation', 'conversations')} came from an anonymous user, though the channel verifies users.`,
        {
          data,
          evidence: anonymous
            .slice(0, mostNamed)
            .map(({ id, createdDate }) => `MessagingSession ${id} of ${createdDate}`),
          remedy: [
            { text: 'See what a token signed with your key becomes', command: 'opencx-sf messaging token' },
            { text: 'Compare the MIAW tab of OpenCX with the org', command: 'opencx-sf messaging settings' },
          ],
        },
      );
    }),
};
