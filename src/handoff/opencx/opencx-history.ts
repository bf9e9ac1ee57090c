import type { z } from 'zod';

import type { historyPageSchema, sessionSchema } from './opencx-schemas.ts';

/** A session as OpenCX tells of it. */
export interface OpencxSession {
  readonly id: string;
  /** `open`, `closed_resolved`, `closed_unresolved`. */
  readonly status?: string;
  /** `web`, `email`, `whatsapp`, … */
  readonly channel?: string;
  readonly language?: string;
  readonly summary?: string;
  /** Why and how it was handed off. */
  readonly handoff?: { readonly summary?: string; readonly sentiment?: string };
  /** The record that holds it elsewhere, e.g. Case or conversation in Salesforce. */
  readonly heldBy?: { readonly system?: string; readonly id?: string; readonly idType?: string };
  /** As OpenCX writes them, ISO 8601. */
  readonly createdAt?: string;
  readonly updatedAt?: string;
}

/** One thing that was said or done. */
export interface OpencxHistoryItem {
  /** ISO 8601. */
  readonly at?: string;
  /** `message`, `handoff`, `human_agent_comment`, … as OpenCX calls it. */
  readonly type: string;
  /** `contact`, `ai`, `human_agent`. */
  readonly sender?: string;
  readonly text?: string;
}

export interface OpencxHistory {
  readonly items: readonly OpencxHistoryItem[];
  /** There is more than was read. */
  readonly truncated: boolean;
}

export function sessionOf(read: z.infer<typeof sessionSchema>): OpencxSession {
  const { handoff, ticketing_system: held } = read;
  return {
    id: read.id,
    ...given({
      status: read.status,
      channel: read.channel?.type,
      language: read.language,
      summary: read.summary,
      createdAt: read.created_at,
      updatedAt: read.updated_at,
    }),
    ...(handoff == null ? {} : { handoff: given({ summary: handoff.summary, sentiment: handoff.sentiment }) }),
    ...(held == null ? {} : { heldBy: given({ system: held.name, id: held.external_id, idType: held.id_type }) }),
  };
}

/** In which order OpenCX pages is not said, so they are put in order by their times; those without one stay where they are. */
export function historyOf(read: z.infer<typeof historyPageSchema>['items'], truncated: boolean): OpencxHistory {
  const items = read.map(({ created_at: at, event }) => ({
    type: event.type,
    ...given({ at, sender: event.sender?.type, text: event.content?.text }),
  }));
  return { items: inOrder(items), truncated };
}

function inOrder(items: readonly OpencxHistoryItem[]): OpencxHistoryItem[] {
  let last = Number.NEGATIVE_INFINITY;
  const placed = items.map((item) => {
    const time = Date.parse(item.at ?? '');
    if (!Number.isNaN(time)) last = time;
    return { item, time: last };
  });
  return placed.sort((one, other) => one.time - other.time).map(({ item }) => item);
}

type Given<T> = { [K in keyof T]?: NonNullable<T[K]> };

function given<T extends Record<string, string | null | undefined>>(values: T): Given<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value != null)) as Given<T>;
}
