// Which events are listed.

import { byId, el, rebuild } from '../base/dom.js';

/** @import { Status, View } from './types.d.ts' */

const form = byId('filters', HTMLFormElement);
const event = byId('event', HTMLSelectElement);
const state = byId('state', HTMLSelectElement);
const caseField = byId('case', HTMLInputElement);
const text = byId('text', HTMLInputElement);

/** Typing is over after a pause of so many milliseconds. */
const TYPING_MS = 250;

/**
 * @param {View} view
 * @returns {URLSearchParams} as the data API takes them
 */
export function filterQuery(view) {
  const given = { event: event.value, case: caseField.value.trim(), text: text.value };
  const query = new URLSearchParams(Object.entries(given).filter(([, value]) => value !== ''));
  const wanted = view === 'dead' ? 'dead' : state.value;
  if (wanted !== '') query.set('state', wanted);
  return query;
}

/** @param {View} view */
export function isFiltered(view) {
  const isStateChosen = view === 'all' && state.value !== '';
  return view !== 'refused' && (isStateChosen || [event.value, caseField.value.trim(), text.value].some(Boolean));
}

/**
 * @param {Status} status
 * @param {View} view
 */
export function showFilters({ events }, view) {
  form.hidden = view === 'refused';
  state.hidden = view === 'dead';
  if (event.options.length > 1) return;
  const others = Object.entries(events).map(([name, wire]) => el('option', { value: name }, wire));
  rebuild(event, events, () => [el('option', { value: '' }, 'every event'), ...others]);
}

export function focusSearch() {
  text.focus();
  text.select();
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
