// One event, or one call that was refused, byte for byte.

import { byId, el, oneLine, rebuild } from '../base/dom.js';
import { timeOf } from '../base/time.js';
import { bodyView, headersView, textOf } from './bytes-view.js';
import { deliveryView } from './deliveries-view.js';
import { statePill } from './state-pill.js';

/** @import { DeliveryHistory, EventActions, EventDetail, Rejection, State, View } from './types.d.ts' */

const opened = byId('opened', HTMLElement);

/**
 * @param {State} state
 * @param {EventActions} actions
 */
export function showOpened(state, actions) {
  const rejection = state.view === 'refused' ? state.rejections.find(({ id }) => id === state.openId) : undefined;
  const event = state.view === 'refused' ? undefined : state.opened;
  const isSomething = rejection !== undefined || event !== undefined;
  opened.hidden = !isSomething;
  byId('nothing-open', HTMLElement).hidden = isSomething;
  rebuild(opened, [event, rejection, state.view], () => [
    ...(event === undefined ? [] : eventNodes(event, state.view, actions)),
    ...(rejection === undefined ? [] : rejectionNodes(rejection, actions)),
  ]);
}

/**
 * @param {EventDetail} event
 * @param {View} view
 * @param {EventActions} actions
 */
function eventNodes(event, view, actions) {
  const { id, caseId, caseNumber, caseSubject, deliveryId, duplicates, replayOf } = event;
  return [
    el(
      'div',
      { class: 'title' },
      back(view),
      el('h2', {}, oneLine(event.event)),
      statePill(event.state),
      el(
        'div',
        { class: 'buttons' },
        button('Replay', 'primary', 'To where it went, byte for byte (r)', actions.replay),
        button('Edit and replay …', '', '(e)', actions.edit),
        button('Copy as curl', '', '', actions.copyCurl),
        button('Save HAR', '', 'The call and all attempts as an HTTP archive', actions.saveHar),
      ),
    ),
    facts([
      ['Event', id],
      ['Received', timeOf(Date.parse(event.receivedAt))],
      ['Case', caseNumber === undefined ? caseId : `${caseNumber} (${caseId})`],
      ['Subject', caseSubject],
      ['Delivery id', deliveryId],
      ['Came again', duplicates === 0 ? undefined : `${duplicates}×, not carried on twice`],
      ...event.deliveries.map((delivery) => /** @type {[string, string]} */ (['Goes to', outcomeOf(delivery)])),
      ['Replay of', replayOf === undefined ? undefined : el('a', { href: `#/all/${replayOf}` }, replayOf)],
    ]),
    el('h2', {}, 'Call by Salesforce'),
    headersView(event.headers, 'call', false),
    bodyView(event, 'call', [
      button('Copy', '', 'The body as it came', () => actions.copy(textOf(event))),
      button('Save', '', `All ${event.bytes.toLocaleString()} bytes as they came`, actions.saveBody),
    ]),
    el('h2', {}, 'Carried on'),
    ...(event.deliveries.length === 0
      ? [el('p', { class: 'under' }, 'It was only recorded. “Edit and replay” sends it somewhere.')]
      : event.deliveries.map(deliveryView)),
  ];
}

/**
 * @param {Rejection} rejection
 * @param {EventActions} actions
 */
function rejectionNodes(rejection, actions) {
  const { id, receivedAt, status, reason, headers } = rejection;
  return [
    el(
      'div',
      { class: 'title' },
      back('refused'),
      el('h2', {}, 'Refused call'),
      el('span', { class: 'state dead' }, String(status)),
    ),
    facts([
      ['Call', id],
      ['Received', timeOf(Date.parse(receivedAt))],
      ['Why', reason],
    ]),
    el('h2', {}, 'What came'),
    headersView(headers, id, true),
    bodyView(rejection, id, [button('Copy', '', 'The body as it came', () => actions.copy(textOf(rejection)))]),
  ];
}

/** @param {DeliveryHistory} delivery */
function outcomeOf({ target, state, history }) {
  const count = `${history.length} ${history.length === 1 ? 'attempt' : 'attempts'}`;
  const last = history.at(-1);
  const answer = last === undefined ? '' : `, the last answered ${last.response?.status ?? 'nothing'}`;
  return `${target}: ${state}, ${count}${answer}`;
}

/** @param {[string, string | Node | undefined][]} rows */
function facts(rows) {
  const nodes = rows.flatMap(([term, value]) =>
    value === undefined
      ? []
      : [el('dt', {}, term), el('dd', {}, typeof value === 'string' ? el('bdi', {}, oneLine(value)) : value)],
  );
  return el('dl', { class: 'facts' }, ...nodes);
}

/** @param {View} view */
function back(view) {
  return el('a', { class: 'button back', href: `#/${view}`, 'data-key': 'back' }, '← List');
}

/**
 * @param {string} text
 * @param {string} kind
 * @param {string} title
 * @param {() => void} onclick
 */
function button(text, kind, title, onclick) {
  return el('button', { type: 'button', class: kind, title: title || undefined, 'data-key': text, onclick }, text);
}
