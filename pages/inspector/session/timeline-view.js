// What happened with a session on both sides, in one order.

import { el, oneLine } from '../../base/dom.js';
import { timeOf } from '../../base/time.js';
import { placeName } from '../event/place.js';
import { addressOf } from '../page/address.js';
import { directionMark } from '../page/direction.js';
import { statePill } from '../page/state-pill.js';

/** @import { AttemptEntry, EventEntry, SessionDetail } from '../types.d.ts' */

/** @param {SessionDetail['timeline']} timeline */
export function timelineList(timeline) {
  if (timeline.length === 0) return el('p', { class: 'under' }, 'Nothing is kept of it any more.');
  return el(
    'ol',
    { class: 'timeline' },
    ...timeline.map((entry) => (entry.kind === 'event' ? eventLine(entry) : attemptLine(entry))),
  );
}

/** @param {EventEntry} entry */
function eventLine({ at, event }) {
  const { id, direction, state, caseSubject, about = caseSubject } = event;
  return el(
    'li',
    { class: `entry ${direction}` },
    timeOf(Date.parse(at)),
    el(
      'div',
      {},
      directionMark(direction),
      ' ',
      el('a', { href: addressOf('all', id), 'data-key': id }, el('bdi', {}, oneLine(event.event))),
      ' ',
      // What was only to be kept, or arrived, needs no word.
      ...(state === 'delivered' || state === 'recorded' ? [] : [statePill(state)]),
      ...(about === undefined ? [] : [el('p', {}, el('bdi', {}, oneLine(about)))]),
    ),
  );
}

/** @param {AttemptEntry} entry */
function attemptLine({ at, eventId, event, target, nth, tookMs, status, failure }) {
  const isGood = status !== undefined && status >= 200 && status < 300;
  const outcome = status === undefined ? (failure ?? 'no answer') : String(status);
  return el(
    'li',
    { class: 'entry attempted' },
    timeOf(Date.parse(at)),
    el(
      'div',
      { class: 'under' },
      '→ ',
      el('bdi', {}, oneLine(placeName(target))),
      ': ',
      el('b', { class: isGood ? 'good' : 'bad' }, oneLine(outcome)),
      ` after ${tookMs} ms, attempt ${nth} at `,
      el('a', { href: addressOf('all', eventId), 'data-key': `${eventId} ${target} ${nth}` }, oneLine(event)),
    ),
  );
}
