// Small parts that every view is made of.

import { el, oneLine } from '../../base/dom.js';
import { addressOf } from './address.js';

/** @import { ViewName } from '../types.d.ts' */

/** @param {readonly (readonly [string, string | Node | undefined])[]} rows those without a value are left out */
export function facts(rows) {
  const nodes = rows.flatMap(([term, value]) =>
    value === undefined
      ? []
      : [el('dt', {}, term), el('dd', {}, typeof value === 'string' ? el('bdi', {}, oneLine(value)) : value)],
  );
  return el('dl', { class: 'facts' }, ...nodes);
}

/**
 * Head of what is open.
 * @param {ViewName} view
 * @param {string} name
 * @param {Node[]} rest
 */
export function title(view, name, rest) {
  const back = el('a', { class: 'button back', href: addressOf(view), 'data-key': 'back' }, '← List');
  return el('div', { class: 'title' }, back, el('h2', {}, el('bdi', {}, oneLine(name))), ...rest);
}

/**
 * @param {string} text
 * @param {string} kind
 * @param {string} hint
 * @param {() => void} onclick
 */
export function button(text, kind, hint, onclick) {
  return el('button', { type: 'button', class: kind, title: hint || undefined, 'data-key': text, onclick }, text);
}

/**
 * A page in the org. It opens beside this one, and learns nothing of it.
 * @param {string} text
 * @param {string | undefined} href as serve made it
 */
export function orgLink(text, href) {
  const shown = el('bdi', {}, oneLine(text));
  if (href === undefined || URL.parse(href)?.protocol !== 'https:') return shown;
  return el('a', { href, target: '_blank', rel: 'noopener noreferrer' }, shown, ' ↗');
}
