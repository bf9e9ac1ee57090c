/** Enough of a session's id to know it again, and for `events list --session`. */
export function shortSession(sessionId: string): string {
  return `session ${sessionId.slice(0, 8)}`;
}
