import { el, oneLine } from '../../base/dom.js';

/**
 * @param {string} text
 * @param {string} [kind] of which it has its colour: a state of deliveries or sessions
 */
export function statePill(text, kind = text) {
  return el('span', { class: `state ${/^[\w-]+$/.test(kind) ? kind : ''}` }, oneLine(text));
}
