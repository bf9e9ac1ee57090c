import { RestError } from '../../http/rest-error.ts';
import { isJsonObject } from '../../http/json-body.ts';
import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { StoredRecord } from '../../state/record-store.ts';
import { openWork } from '../agents/work-rows.ts';
import type { ConversationEntry } from '../conversations/entry.ts';
import { listEntries } from '../conversations/entry-store.ts';
import { conversationOfSession } from '../conversations/stored-conversation.ts';
import type { StoredConversation } from '../conversations/stored-conversation.ts';
import { sessionOf } from '../sessions/session-status.ts';

/** Work as its representative sees it. */
interface WorkView {
  readonly id: string;
  readonly status: string;
  readonly userId: string;
  readonly sessionId: string;
  readonly conversationId: string | null;
  readonly queueId: string;
}

/** What somebody, or anybody, has to do now. */
export function workViews(org: OrgState, userId: string | undefined): WorkView[] {
  return openWork(org)
    .filter((work) => userId === undefined || work['UserId'] === userId)
    .map((work) => viewOf(org, work));
}

/** @throws RestError 404 */
export function workView(org: OrgState, id: string): WorkView {
  const work = org.records.get('AgentWork', id);
  if (work === undefined) throw new RestError(404, 'NOT_FOUND', `There is no work ${id}.`);
  return viewOf(org, work);
}

function viewOf(org: OrgState, work: StoredRecord): WorkView {
  const sessionId = fieldText(work['WorkItemId']);
  return {
    id: work.Id,
    status: fieldText(work['Status']),
    userId: fieldText(work['UserId']),
    sessionId,
    conversationId: conversationOfSession(org, sessionId)?.id ?? null,
    queueId: fieldText(work['OriginalGroupId']),
  };
}

/** A conversation with all its entries. Times are milliseconds since 1970. */
export function conversationView(org: OrgState, conversation: StoredConversation): Record<string, unknown> {
  const { attributes, closedAt, deployment, id, startedAt, subject } = conversation;
  const session = sessionOf(org, conversation);
  return {
    id,
    subject,
    deployment,
    startedAt,
    closedAt: closedAt ?? null,
    sessionId: session?.Id ?? null,
    status: session === undefined ? null : fieldText(session['Status']),
    routingAttributes: attributes,
    entries: listEntries(org, id).map(entryView),
  };
}

/** An entry as the service console shows it: who, when, what; a file by the id it is read with. */
export function entryView(entry: ConversationEntry): Record<string, unknown> {
  const { entryType, identifier, payload, sender, senderDisplayName, serial, transcriptedTimestamp } = entry;
  const view = {
    id: identifier,
    serial,
    type: entryType,
    at: transcriptedTimestamp,
    role: sender.role,
    name: senderDisplayName,
  };
  if (entryType !== 'Message') return { ...view, payload };
  const content = messageContent(payload['abstractMessage']);
  return { ...view, ...content };
}

function messageContent(message: unknown): { text: unknown; files: unknown[] } {
  const content = isJsonObject(message) ? message['staticContent'] : undefined;
  if (!isJsonObject(content)) return { text: '', files: [] };
  const attachments = Array.isArray(content['attachments']) ? content['attachments'].filter(isJsonObject) : [];
  return {
    text: content['text'],
    files: attachments.map(({ id, name, mimeType, length }) => ({ id, name, mimeType, bytes: length })),
  };
}
