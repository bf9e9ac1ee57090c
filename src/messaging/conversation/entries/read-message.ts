import { messagePayload, type MessagePayload, type TitleItem } from '../../api/payload-schemas.ts';
import type { Entry } from '../../api/schemas.ts';
import type { EntryFacts, MessageEvent, MessageFile, Participant } from '../conversation-event.ts';

/** Reads a message: text, files, choices, an answer to choices. @returns undefined for a form of message that is new */
export function readMessage(entry: Entry, facts: EntryFacts): MessageEvent[] | undefined {
  const read = messagePayload.safeParse(entry.entryPayload);
  if (!read.success) return undefined;
  const message = read.data.abstractMessage;
  const { staticContent, choices, choicesResponse } = message;
  const content = staticContent ?? choices ?? choicesResponse;
  if (content === undefined) return undefined;
  const from = senderOf(entry);
  return [
    {
      ...facts,
      type: 'message',
      from,
      own: from.role === 'EndUser',
      messageId: message.id ?? entry.identifier,
      text: staticContent?.text ?? choices?.text ?? titles(choicesResponse?.selectedOptions).join(', '),
      files: filesOf(message),
      choices: titles(choices?.optionItems),
      format: content.formatType === undefined ? message.messageType : `${message.messageType}/${content.formatType}`,
    },
  ];
}

function filesOf({ staticContent }: MessagePayload['abstractMessage']): MessageFile[] {
  const { attachments = [], attachment } = staticContent ?? {};
  return [...attachments, ...(attachment === undefined ? [] : [attachment])].map(({ id, name, mimeType, url }) => ({
    id,
    name,
    mimeType,
    url,
  }));
}

function titles(items: readonly TitleItem[] | undefined): string[] {
  return (items ?? []).flatMap((item) => item?.titleItem?.title ?? item?.title ?? []);
}

/** Who sent an entry. */
export function senderOf(entry: Entry): Participant {
  return { role: entry.sender?.role ?? 'System', name: entry.senderDisplayName, subject: entry.sender?.subject };
}
