// The list, the newest first.

import { byId, el, oneLine, rebuild } from '../../base/dom.js';
import { timeOf } from '../../base/time.js';
import { addressOf } from '../page/address.js';
import { directionMark } from '../page/direction.js';
import { statePill } from '../page/state-pill.js';

/** @import { Row, State } from '../types.d.ts' */

const rows = byId('rows', HTMLElement);
const list = byId('list', HTMLElement);
const nothing = byId('nothing', HTMLElement);

/**
 * @param {State} state
 * @param {readonly Row[]} shown
 * @param {() => Node[]} emptyNodes
 * @param {boolean} isFiltered
 */
export function showList({ view, openId, more, isRead }, shown, emptyNodes, isFiltered) {
  const place = placeOf();
  rebuild(rows, [view, shown, openId], () =>
    shown.map((row) => el('li', {}, rowLink(row, addressOf(view, row.id), row.id === openId))),
  );
  restore(place);
  byId('older', HTMLElement).hidden = !more;
  nothing.hidden = !isRead || shown.length > 0;
  rebuild(nothing, [view, isFiltered], () => (isFiltered ? unfitNodes() : emptyNodes()));
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

/**
 * @param {Row} row
 * @param {string} href
 * @param {boolean} isOpen
 */
function rowLink({ id, title, pill, subject, notes, direction, at }, href, isOpen) {
  return el(
    'a',
    { class: 'row', href, 'data-key': id, 'aria-current': isOpen ? 'true' : undefined },
    el('b', {}, ...(direction === undefined ? [] : [directionMark(direction), ' ']), el('bdi', {}, oneLine(title))),
    statePill(pill.text, pill.kind),
    el('bdi', { class: 'subject' }, oneLine(subject)),
    el(
      'span',
      { class: 'under' },
      ...notes.flatMap((note, nth) => [nth > 0 ? ' · ' : '', el('bdi', {}, oneLine(note))]),
    ),
    ...(at === undefined ? [] : [timeOf(Date.parse(at))]),
  );
}

function unfitNodes() {
  return [el('p', {}, 'Nothing fits.'), el('button', { type: 'reset', form: 'filters' }, 'Show all')];
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
