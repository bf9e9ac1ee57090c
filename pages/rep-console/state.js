// What follows from what the org has told.

/** @import { Agent, Conversation, State, Work } from './types.d.ts' */

/** @returns {State} of a page that has asked nothing yet */
export function emptyState() {
  return {
    agents: [],
    queues: [],
    work: [],
    conversations: [],
    me: undefined,
    openId: undefined,
    sessions: [],
    unread: new Map(),
  };
}

/**
 * @param {State} state
 * @returns {Agent | undefined} the representative who sits here
 */
export function meOf({ agents, me }) {
  return agents.find(({ username }) => username === me);
}

/**
 * @param {State} state
 * @param {string} [status] absent: whatever it is
 * @returns {Work[]} of the representative who sits here
 */
export function myWork(state, status) {
  const userId = meOf(state)?.userId;
  return state.work.filter((work) => work.userId === userId && (status === undefined || work.status === status));
}

/**
 * @param {State} state
 * @returns {Work | undefined} that makes the conversation shown one's own
 */
export function openWork(state) {
  return myWork(state, 'Opened').find(({ conversationId }) => conversationId === state.openId);
}

/**
 * @param {Conversation} conversation
 * @returns {string} of its session, or what it is without one
 */
export function statusOf({ closedAt, status }) {
  return closedAt === null ? (status ?? 'Ended') : 'Closed';
}
