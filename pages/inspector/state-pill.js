import { el } from '../base/dom.js';

/**
 * @param {string} state of a delivery, or `recorded`
 */
export function statePill(state) {
  return el('span', { class: `state ${state}` }, state);
}
