// What is listed. A field stands for the parameter of its name.

import { byId, el, rebuild } from '../../base/dom.js';
import { directions } from '../page/direction.js';

/** @import { Status, View } from '../types.d.ts' */

/** @typedef {Pick<View<unknown, unknown>, 'filters' | 'fixed' | 'searchLabel' | 'canSaveHar'>} Filtered */

const form = byId('filters', HTMLFormElement);
const event = byId('event', HTMLSelectElement);
const search = byId('text', HTMLInputElement);

/** Typing is over after a pause of so many milliseconds. */
const TYPING_MS = 250;

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** @returns {(HTMLInputElement | HTMLSelectElement)[]} */
function fields() {
  return [...form.querySelectorAll('input, select')].filter(
    (field) => field instanceof HTMLInputElement || field instanceof HTMLSelectElement,
  );
}

/**
 * @param {Filtered} view
 * @returns {URLSearchParams} as the data API takes them
 */
export function filterQuery({ filters, fixed }) {
  const query = new URLSearchParams(fixed);
  for (const { name, value } of fields()) {
    const wanted = name === 'text' ? value : value.trim();
    if (!filters.includes(name) || wanted === '') continue;
    if (name === 'case' && UUID.test(wanted)) query.set('session', wanted.toLowerCase());
    else query.set(name === 'session-state' ? 'state' : name, wanted);
  }
  return query;
}

/** @param {Filtered} view */
export function isFiltered({ filters }) {
  return fields().some(({ name, value }) => filters.includes(name) && value.trim() !== '');
}

/**
 * @param {Status} status
 * @param {Filtered} view
 */
export function showFilters({ names }, { filters, searchLabel = '', canSaveHar }) {
  form.hidden = filters.length === 0;
  for (const field of fields()) field.hidden = !filters.includes(field.name);
  search.setAttribute('aria-label', searchLabel);
  search.placeholder = `${searchLabel}  ( / )`;
  byId('save-har', HTMLElement).hidden = !canSaveHar;
  if (event.options.length > 1) return;
  const groups = Object.entries(directions).map(([direction, { long }]) => optionGroup(names, direction, long));
  rebuild(event, names, () => [el('option', { value: '' }, 'every event'), ...groups]);
}

/**
 * @param {Status['names']} names
 * @param {string} direction
 * @param {string} label
 */
function optionGroup(names, direction, label) {
  const own = names.filter((one) => one.direction === direction);
  return el('optgroup', { label }, ...own.map(({ name, wire }) => el('option', { value: name }, wire)));
}

export function focusSearch() {
  search.focus();
  search.select();
}

/** @param {() => void} onChanged */
export function listenToFilters(onChanged) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let typing;
  form.addEventListener('submit', (submitted) => submitted.preventDefault());
  form.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(onChanged, TYPING_MS);
  });
  // The fields are empty only after this event.
  form.addEventListener('reset', () => setTimeout(onChanged));
}
