import { OpencxError } from '../../../errors/opencx-error.ts';
import { quoted } from '../../../provision/org/soql-literal.ts';
import { done, failed, skipped } from '../../timeline/stage.ts';
import type { LadderRun, Rung } from '../ladder.ts';
import { untilSeen } from '../until-seen.ts';

/** The conversation by the id that this side gave it. */
export const conversationRowRung: Rung = {
  id: 'conversation-row',
  run: async (run) => {
    const { org, found } = run;
    const id = found.conversation?.id ?? '';
    const row = await untilSeen(run, async () => {
      const [first] = await org.query<{ Id: string }>(
        `SELECT Id FROM Conversation WHERE ConversationIdentifier = ${quoted([id])}`,
        'looking for the Conversation',
      );
      return first;
    });
    if (row === undefined) {
      return failed(`no Conversation with the identifier ${id}`, {
        remedy: [
          {
            text: 'The deployment may be of another org than the one that is logged in to: compare the organization ids.',
            command: 'opencx-sf messaging settings',
          },
        ],
      });
    }
    found.conversationRow = row.Id;
    return done(row.Id);
  },
};

interface SessionRow {
  Id: string;
  Name: string;
  Status: string;
  Origin: string | null;
  EndedByType: string | null;
  MessagingEndUser: { MessagingPlatformKey: string | null } | null;
}

/** Statuses of a session that somebody can still take, or has taken. */
const open: ReadonlySet<string> = new Set(['Waiting', 'Active', 'New', 'Consent', 'Paused']);

/** The session of the conversation: what reps see. */
export const messagingSessionRung: Rung = {
  id: 'messaging-session',
  run: async (run) => {
    const { org, found } = run;
    const row = await untilSeen(run, async () => {
      const [first] = await org.query<SessionRow>(
        'SELECT Id, Name, Status, Origin, EndedByType, MessagingEndUser.MessagingPlatformKey FROM MessagingSession ' +
          `WHERE ConversationId = ${quoted([found.conversationRow ?? ''])} ORDER BY CreatedDate DESC LIMIT 1`,
        'looking for the Messaging Session',
      );
      return first;
    });
    if (row === undefined)
      return failed('the conversation has no Messaging Session', {
        remedy: [
          {
            text: 'See that the user who looks may read Messaging Sessions, and that the channel is active.',
            command: 'opencx-sf verify --only messaging',
          },
        ],
      });
    found.messagingSession = row.Id;
    const evidence = [
      `${row.Name} (${row.Id}): ${row.Status}`,
      `end user: ${row.MessagingEndUser?.MessagingPlatformKey ?? 'not told'}`,
    ];
    if (open.has(row.Status)) return done(`${row.Id}: ${row.Status}`, { evidence });
    return failed(`${row.Id} is ${row.Status}${row.EndedByType === null ? '' : `, ended by ${row.EndedByType}`}`, {
      evidence,
      remedy: [{ text: 'Something ended it at once: business hours, an auto-response, or the flow of the channel.' }],
    });
  },
};

interface Work {
  groupId: string | undefined;
  text: string;
}

/** Work is pending until a rep is offered it; then it is theirs. A row of the first kind is gone then. */
export const workRung: Rung = {
  id: 'work',
  run: async (run) => {
    const { found, org } = run;
    const work = await untilSeen(run, async () => (await pendingWork(run)) ?? (await agentWork(run)));
    if (work === undefined) {
      return failed(
        'neither a PendingServiceRouting nor an AgentWork stands for the session: no rep will ever see it',
        {
          remedy: [
            {
              text: 'The flow of the channel has to end in Route Work, to a queue that takes Messaging Sessions.',
              command: 'opencx-sf verify --only messaging',
            },
          ],
        },
      );
    }
    const groupId = work.groupId ?? found.routedTo;
    const queue = groupId === undefined ? undefined : await queueName(run, groupId);
    if (queue !== undefined) found.queue = queue;
    const evidence = [work.text, `queue: ${queue ?? groupId ?? 'not told'}`];
    if (found.routedTo !== undefined && work.groupId !== undefined && !sameId(found.routedTo, work.groupId)) {
      return failed(`the work is in ${queue ?? work.groupId}, while the routing result named ${found.routedTo}`, {
        evidence,
        remedy: [
          {
            text: `Look at the fallback queue of the channel in ${org.identity.name}: it takes what the flow could not route.`,
          },
        ],
      });
    }
    return done(`${work.text}${queue === undefined ? '' : `, queue ${queue}`}`, { evidence });
  },
};

async function pendingWork({ org, found }: LadderRun): Promise<Work | undefined> {
  const [row] = await org.query<{ GroupId: string | null; RoutingType: string | null; IsReadyForRouting: boolean }>(
    `SELECT GroupId, RoutingType, IsReadyForRouting FROM PendingServiceRouting WHERE WorkItemId = ${quoted([found.messagingSession ?? ''])}`,
    'looking for pending work',
  );
  if (row === undefined) return undefined;
  return {
    groupId: row.GroupId ?? undefined,
    text: `PendingServiceRouting, ${row.RoutingType ?? 'routing type not told'}`,
  };
}

async function agentWork({ org, found }: LadderRun): Promise<Work | undefined> {
  const [row] = await org.query<{ Status: string; OriginalGroupId: string | null }>(
    'SELECT Status, OriginalGroupId FROM AgentWork ' +
      `WHERE WorkItemId = ${quoted([found.messagingSession ?? ''])} ORDER BY CreatedDate DESC LIMIT 1`,
    'looking for the work of a rep',
  );
  return row === undefined
    ? undefined
    : { groupId: row.OriginalGroupId ?? undefined, text: `AgentWork, ${row.Status}` };
}

async function queueName({ org }: LadderRun, id: string): Promise<string | undefined> {
  const [row] = await org.query<{ DeveloperName: string }>(
    `SELECT DeveloperName FROM Group WHERE Id = ${quoted([id])}`,
    'reading the name of the queue',
  );
  return row?.DeveloperName;
}

const sameId = (one: string, other: string): boolean => one.slice(0, 15) === other.slice(0, 15);

/** Routing attributes are seen in SOQL only where the flow stores them; what has no parameter was dropped without a word. */
export const sessionFieldRung: Rung = {
  id: 'session-field',
  run: async (run) => {
    const { org, config, found, sessionId } = run;
    const { sessionIdField: field, parameters, flow } = config.messaging;
    let rows: Record<string, unknown>[];
    try {
      rows = await org.query<Record<string, unknown>>(
        `SELECT ${field} FROM MessagingSession WHERE Id = ${quoted([found.messagingSession ?? ''])}`,
        `reading ${field}`,
      );
    } catch (error) {
      if (!(error instanceof OpencxError) || error.details?.['salesforceErrorCode'] !== 'INVALID_FIELD') throw error;
      return skipped(
        `MessagingSession has no field ${field} that this user sees: nothing shows what the flow was given`,
        {
          remedy: [
            { text: `Let the flow store ${parameters.sessionId} in a field, and name it in messaging.sessionIdField.` },
          ],
        },
      );
    }
    const value = rows[0]?.[field];
    if (value === sessionId) return done(`${field} = ${sessionId}`);
    return failed(`${field} is ${typeof value === 'string' ? `"${value}"` : 'empty'}, not ${sessionId}`, {
      remedy: [
        {
          text: `The channel needs a parameter ${parameters.sessionId}, exactly so, mapped to a variable of the flow; publish the deployment after each change of parameters.`,
          command: 'opencx-sf messaging register',
        },
        { text: `The flow ${flow} has to store that variable in MessagingSession.${field}.` },
      ],
    });
  },
};
