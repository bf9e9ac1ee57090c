// What entries that are no messages say, in words.

import { oneLine } from '../base/dom.js';

/** @import { Entry, Queue } from './types.d.ts' */

/** @typedef {{ text: string, isProblem?: boolean }} Note */

/**
 * @param {Entry} entry
 * @param {readonly Queue[]} queues
 * @returns {Note | undefined} undefined for what is not worth a line
 */
export function entryNote({ payload = {}, type }, queues) {
  switch (type) {
    case 'ParticipantChanged':
      return { text: (payload.entries ?? []).map(participantText).join(', ') };
    case 'SessionStatusChanged': {
      const by = payload.sessionEndedByRole === undefined ? '' : ` by ${payload.sessionEndedByRole}`;
      return { text: `session ${payload.sessionStatus ?? ''}${by}`, isProblem: payload.sessionStatus === 'Error' };
    }
    case 'RoutingResult':
      return routingNote(payload, queues);
    case 'RoutingWorkResult':
      return { text: `work ${payload.workType ?? ''}` };
    case 'CloseConversation':
      return { text: 'conversation closed by the customer' };
    case 'QueuePosition':
      return undefined;
    default:
      return { text: type };
  }
}

/** @param {{ readonly operation: string, readonly displayName: string }} change */
function participantText({ displayName, operation }) {
  return `${oneLine(displayName)} ${operation === 'add' ? 'joined' : 'left'}`;
}

/**
 * @param {NonNullable<Entry['payload']>} payload
 * @param {readonly Queue[]} queues
 * @returns {Note}
 */
function routingNote({ failureReason = '', failureType, routingConfigurationDetails, routingType }, queues) {
  const queueId = routingConfigurationDetails?.queueId;
  const queue = queues.find(({ id }) => id === queueId)?.name ?? queueId ?? 'no queue';
  const why = failureReason === '' ? '' : `: ${failureReason}`;
  if (failureType !== 'None') return { text: `routing failed${why}`, isProblem: true };
  const how = routingType === 'Transfer' ? 'transferred' : 'routed';
  return { text: `${how} to ${queue}${why}`, isProblem: failureReason !== '' };
}
