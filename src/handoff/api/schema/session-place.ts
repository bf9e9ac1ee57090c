import type { Session } from '../../session/session.ts';
import type { SessionQuery } from '../../store/session-book.ts';

/** Where a page of sessions ends: when its last one was changed, and which it is, since several may be changed at the same time. */
export const sessionPlace = /^(\d{1,15})-([\w-]{1,100})$/;

export function placeOf({ updatedAt, id }: Pick<Session, 'updatedAt' | 'id'>): string {
  return `${updatedAt}-${id}`;
}

/** @param place that fits {@link sessionPlace} */
export function afterPlace(place: string): Pick<SessionQuery, 'changedBefore' | 'orThenBefore'> {
  const [, time, id] = sessionPlace.exec(place) ?? [];
  return time === undefined || id === undefined ? {} : { changedBefore: Number(time), orThenBefore: id };
}
