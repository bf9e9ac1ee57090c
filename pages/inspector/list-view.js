// What came, the newest first.

import { byId, el, oneLine, rebuild } from '../base/dom.js';
import { timeOf } from '../base/time.js';
import { statePill } from './state-pill.js';

/** @import { Rejection, State, Summary } from './types.d.ts' */

const rows = byId('rows', HTMLElement);
const list = byId('list', HTMLElement);
const nothing = byId('nothing', HTMLElement);

/**
 * @param {State} state
 * @param {boolean} isFiltered
 */
export function showList(state, isFiltered) {
  const { view, events, rejections, openId } = state;
  const place = placeOf();
  const model = view === 'refused' ? rejections.map(rejectionModel) : events;
  rebuild(rows, [view, model, openId], () =>
    view === 'refused'
      ? rejections.map((rejection) => rejectionRow(rejection, openId))
      : events.map((event) => eventRow(event, state)),
  );
  restore(place);
  byId('older', HTMLElement).hidden = view === 'refused' || !state.more;
  const isEmpty = state.isRead && model.length === 0;
  nothing.hidden = !isEmpty;
  rebuild(nothing, [view, isFiltered], () => emptyNodes(view, isFiltered));
}

/**
 * Goes through the list by keyboard.
 * @param {1 | -1} step
 */
export function focusRow(step) {
  const links = [...rows.querySelectorAll('a')];
  const focused = links.findIndex((link) => link === document.activeElement);
  const current = focused >= 0 ? focused : links.findIndex((link) => link.hasAttribute('aria-current'));
  const next = links[Math.min(links.length - 1, Math.max(0, current + step))];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}

/** @param {Rejection} rejection */
function rejectionModel({ id }) {
  return id;
}

/**
 * @param {Summary} event
 * @param {State} state
 */
function eventRow(event, { openId, view }) {
  const { id, caseId, caseNumber, caseSubject, deliveries, duplicates } = event;
  const attempts = deliveries.reduce((sum, delivery) => sum + delivery.attempts, 0);
  const notes = [
    ...(event.replayOf === undefined ? [] : ['replay']),
    ...(attempts > 1 ? [`${attempts} attempts`] : []),
    ...(duplicates > 0 ? [`came again ${duplicates}×`] : []),
  ];
  return el(
    'li',
    {},
    el(
      'a',
      { class: 'row', href: `#/${view}/${id}`, 'data-key': id, 'aria-current': id === openId ? 'true' : undefined },
      el('b', {}, oneLine(event.event)),
      statePill(event.state),
      el('bdi', { class: 'subject' }, oneLine(caseSubject ?? '–')),
      el(
        'span',
        { class: 'under' },
        el('bdi', {}, oneLine(caseNumber ?? caseId)),
        ...notes.map((note) => ` · ${note}`),
      ),
      timeOf(Date.parse(event.receivedAt)),
    ),
  );
}

/**
 * @param {Rejection} rejection
 * @param {string | undefined} openId
 */
function rejectionRow({ id, receivedAt, status, reason }, openId) {
  return el(
    'li',
    {},
    el(
      'a',
      { class: 'row', href: `#/refused/${id}`, 'data-key': id, 'aria-current': id === openId ? 'true' : undefined },
      el('b', {}, 'refused'),
      el('span', { class: 'state dead' }, String(status)),
      el('bdi', { class: 'subject' }, oneLine(reason)),
      el('span', {}),
      timeOf(Date.parse(receivedAt)),
    ),
  );
}

/**
 * @param {State['view']} view
 * @param {boolean} isFiltered
 */
function emptyNodes(view, isFiltered) {
  if (isFiltered) {
    return [el('p', {}, 'No event fits.'), el('button', { type: 'reset', form: 'filters' }, 'Show all')];
  }
  if (view === 'dead') return [el('p', {}, 'No dead letters: everything arrived, or is still tried.')];
  if (view === 'refused') return [el('p', {}, 'No call was refused.')];
  return [
    el('p', {}, 'Nothing has come yet.'),
    el('p', {}, 'Make an event up: ', el('code', {}, 'opencx-sf events trigger case_created')),
  ];
}

/** What a person reads stays where it is while new events come above it. @returns {{ key: string, top: number } | undefined} */
function placeOf() {
  if (list.scrollTop === 0) return undefined;
  const edge = list.getBoundingClientRect().top;
  const first = [...rows.querySelectorAll('a')].find((row) => row.getBoundingClientRect().bottom > edge);
  return first === undefined ? undefined : { key: first.dataset['key'] ?? '', top: first.getBoundingClientRect().top };
}

/** @param {{ key: string, top: number } | undefined} place */
function restore(place) {
  if (place === undefined) return;
  const row = rows.querySelector(`[data-key="${CSS.escape(place.key)}"]`);
  if (row !== null) list.scrollTop += row.getBoundingClientRect().top - place.top;
}
