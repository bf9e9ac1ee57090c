import { randomBytes } from 'node:crypto';

import { RestError } from '../http/rest-error.ts';
import type { QueryRecord } from './results/query-record.ts';

/** A page's size when the client asks for none, and the least and most it may ask for (`Sforce-Query-Options`). */
const PAGE = { default: 2000, least: 200, most: 2000 };
/** A user may keep this many unread answers; the oldest goes when another comes (SOQL limits). */
const MAX_CURSORS = 10;

interface Cursor {
  readonly userId: string;
  readonly records: readonly QueryRecord[];
  readonly pageSize: number;
}

/** One page of an answer, with the locator of the next: `01g…-2000`. */
export interface QueryPage {
  readonly totalSize: number;
  readonly done: boolean;
  readonly nextLocator: string | undefined;
  readonly records: readonly QueryRecord[];
}

/** Answers that did not fit one page. They live in the process: after a restart their locators are invalid. */
export interface QueryCursors {
  open(userId: string, records: readonly QueryRecord[], pageSize: number): QueryPage;
  /** @throws RestError 400 INVALID_QUERY_LOCATOR */
  more(userId: string, locator: string): QueryPage;
}

export function openQueryCursors(): QueryCursors {
  const cursors = new Map<string, Cursor>();
  const page = (id: string, cursor: Cursor, from: number): QueryPage => {
    const end = from + cursor.pageSize;
    const done = end >= cursor.records.length;
    if (done) cursors.delete(id);
    return {
      totalSize: cursor.records.length,
      done,
      nextLocator: done ? undefined : `${id}-${end}`,
      records: cursor.records.slice(from, end),
    };
  };
  return {
    open(userId, records, pageSize) {
      const id = `01g${randomBytes(9).toString('hex').slice(0, 15)}`;
      const cursor = { userId, records, pageSize };
      if (records.length > pageSize) {
        const own = Array.from(cursors).filter(([, other]) => other.userId === userId);
        if (own.length >= MAX_CURSORS) cursors.delete(own[0]?.[0] ?? '');
        cursors.set(id, cursor);
      }
      return page(id, cursor, 0);
    },
    more(userId, locator) {
      const [id = '', from = ''] = locator.split('-');
      const cursor = cursors.get(id);
      if (cursor === undefined || cursor.userId !== userId || !/^\d+$/.test(from)) {
        throw new RestError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
      }
      return page(id, cursor, Number(from));
    },
  };
}

/** The page size of a `Sforce-Query-Options: batchSize=500` header, kept within what the API allows. */
export function pageSizeOf(header: string | undefined): number {
  const asked = Number(/batchSize\s*=\s*(\d+)/i.exec(header ?? '')?.[1] ?? PAGE.default);
  return Math.min(PAGE.most, Math.max(PAGE.least, asked));
}
