// Where events are carried.

/** @import { EventDetail } from '../types.d.ts' */

const OWN = /^serve:/;

/** Whether it is worked in here. @param {string} target */
export function isOwnPlace(target) {
  return OWN.test(target);
}

/** @param {string} target */
export function placeName(target) {
  return target === 'serve:session' ? 'its session, in here' : target.replace(/\/$/, '');
}

/** Whether anybody else gets it. @param {Pick<EventDetail, 'deliveries'>} event */
export function goesElsewhere({ deliveries }) {
  return deliveries.some(({ target }) => !isOwnPlace(target));
}
