// One event, byte for byte.

import { el } from '../../base/dom.js';
import { timeOf } from '../../base/time.js';
import { addressOf } from '../page/address.js';
import { directionMark, directions } from '../page/direction.js';
import { button, facts, orgLink, title } from '../page/facts.js';
import { statePill } from '../page/state-pill.js';
import { bodyView, headersView, textOf } from './bytes-view.js';
import { deliveryView } from './deliveries-view.js';
import { objectOf } from './json-text.js';
import { goesElsewhere, isOwnPlace, placeName } from './place.js';

/** @import { Context, DeliveryHistory, EventDetail } from '../types.d.ts' */

/**
 * @param {EventDetail} event
 * @param {Context} context
 */
export function eventNodes(event, context) {
  const { id, deliveryId, duplicates, replayOf } = event;
  const { actions } = context;
  return [
    title(context.view, event.event, [
      directionMark(event.direction),
      statePill(event.state),
      el('div', { class: 'buttons' }, ...eventButtons(event, context)),
    ]),
    facts([
      ['Event', id],
      ['Received', timeOf(Date.parse(event.receivedAt))],
      ['Session', sessionLinks(event)],
      ['Case', caseOf(event)],
      ['Subject', event.caseSubject],
      ['About', event.about],
      ['Delivery id', deliveryId],
      ['Came again', duplicates === 0 ? undefined : `${duplicates}×, not carried on twice`],
      ...farSidesFirst(event).map((delivery) => /** @type {[string, string]} */ (['Goes to', outcomeOf(delivery)])),
      ['Replay of', replayOf === undefined ? undefined : el('a', { href: addressOf('all', replayOf) }, replayOf)],
    ]),
    el('h2', {}, directions[event.direction].call),
    ...(event.headers.length === 0 ? [] : [headersView(event.headers, 'call', false)]),
    bodyView(event, 'call', [
      button('Copy', '', 'The body as it came', () => actions.copy(textOf(event))),
      button('Save', '', `All ${event.bytes.toLocaleString()} bytes as they came`, actions.saveBody),
    ]),
    el('h2', {}, 'Carried on'),
    ...(goesElsewhere(event)
      ? []
      : [el('p', { class: 'under' }, 'It was only kept here. “Edit and replay” sends it somewhere.')]),
    ...farSidesFirst(event).map(deliveryView),
  ];
}

/**
 * @param {EventDetail} event
 * @param {Context} context
 */
function eventButtons(event, { actions, can }) {
  const body = event.direction === 'from-salesforce' && can.save ? objectOf(event) : undefined;
  return [
    button('Replay', 'primary', 'To where it went, byte for byte (r)', actions.replay),
    button('Edit and replay …', '', '(e)', actions.edit),
    button('Copy as curl', '', '', actions.copyCurl),
    button('Save HAR', '', 'The call and all attempts as an HTTP archive', actions.saveHar),
    ...(body === undefined
      ? []
      : [button('Save as fixture …', '', 'To fire it again later', () => actions.saveFixture(body))]),
  ];
}

/** @param {EventDetail} event */
function farSidesFirst({ deliveries }) {
  return deliveries.toSorted((a, b) => Number(isOwnPlace(a.target)) - Number(isOwnPlace(b.target)));
}

/** @param {EventDetail} event */
function caseOf({ caseId, caseNumber, caseLink }) {
  if (caseId === undefined) return undefined;
  return orgLink(caseNumber === undefined ? caseId : `${caseNumber} (${caseId})`, caseLink);
}

/** @param {EventDetail} event */
function sessionLinks({ sessionId, sessions }) {
  const ids = sessionId === undefined ? sessions : [sessionId];
  if (ids.length === 0) return undefined;
  return el('span', {}, ...ids.flatMap((id, nth) => [nth > 0 ? ', ' : '', sessionLink(id)]));
}

/** @param {string} id */
function sessionLink(id) {
  return el('a', { href: addressOf('sessions', id) }, el('bdi', {}, id));
}

/** @param {DeliveryHistory} delivery */
function outcomeOf({ target, state, history }) {
  const count = `${history.length} ${history.length === 1 ? 'attempt' : 'attempts'}`;
  const last = isOwnPlace(target) ? undefined : history.at(-1);
  const answer = last === undefined ? '' : `, the last answered ${last.response?.status ?? 'nothing'}`;
  return `${placeName(target)}: ${state}, ${count}${answer}`;
}
