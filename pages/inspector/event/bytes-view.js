// Header fields and bodies: as they came, and as people read them.

import { el, oneLine } from '../../base/dom.js';
import { indented, withoutTricks } from './json-text.js';

/** @import { Body, Headers } from '../types.d.ts' */

/** Characters of a body that are put onto the page; all of it can be saved. */
const MOST_SHOWN = 200_000;

/** Keys of bodies that are shown raw. @type {Set<string>} */
const raw = new Set();

/**
 * @param {Body} bytes
 * @returns {string | undefined} JSON for people; undefined if it is none
 */
export function prettyOf({ body }) {
  const pretty = body === undefined ? undefined : indented(body);
  return pretty === undefined ? undefined : withoutTricks(pretty);
}

/** @param {Body} bytes */
export function textOf({ body, bodyBase64 = '' }) {
  return body ?? bodyBase64;
}

/**
 * @param {Headers} headers
 * @param {string} key
 * @param {boolean} isOpen
 */
export function headersView(headers, key, isOpen) {
  return el(
    'details',
    { 'data-key': key, open: isOpen },
    el('summary', {}, `${headers.length} header fields`),
    el(
      'table',
      { class: 'fields' },
      el(
        'tbody',
        {},
        ...headers.map(([name, value]) =>
          el(
            'tr',
            {},
            el('th', { scope: 'row' }, el('bdi', {}, oneLine(name))),
            el('td', {}, el('bdi', {}, oneLine(value))),
          ),
        ),
      ),
    ),
  );
}

/**
 * A body, pretty where it is JSON, with the choice to see it as it is.
 * @param {Body} bytes
 * @param {string} key
 * @param {(HTMLElement)[]} buttons beside that choice
 */
export function bodyView(bytes, key, buttons) {
  const text = textOf(bytes);
  if (text === '') return el('p', { class: 'under' }, 'No body.');
  const pretty = prettyOf(bytes);
  const box = el('pre', { class: 'body', tabindex: '0', 'aria-label': 'Body' });
  const note = el('p', { class: 'under' });
  const choice = el('button', { type: 'button', 'data-key': `raw ${key}`, onclick: () => turn() });
  const fill = () => {
    const isRaw = pretty === undefined || raw.has(key);
    const shown = isRaw ? withoutTricks(text) : pretty;
    box.textContent = shown.slice(0, MOST_SHOWN);
    choice.textContent = raw.has(key) ? 'Pretty' : 'Raw';
    note.textContent = [
      ...(bytes.body !== undefined ? [] : ['It is no text: this is base64.']),
      ...(isRaw && shown !== text ? ['What is not seen in it stands as \\u…; Copy and Save give it as it came.'] : []),
      ...(shown.length > MOST_SHOWN ? [`These are the first ${MOST_SHOWN.toLocaleString()} characters.`] : []),
    ].join(' ');
  };
  const turn = () => {
    if (!raw.delete(key)) raw.add(key);
    fill();
  };
  fill();
  const controls = [...(pretty === undefined ? [] : [choice]), ...buttons];
  return el('div', { class: 'body-view' }, el('div', { class: 'buttons' }, ...controls), box, note);
}
