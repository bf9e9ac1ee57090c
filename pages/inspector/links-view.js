// How the far sides and the store are doing.

import { byId, el, oneLine, rebuild } from '../base/dom.js';
import { clockTime } from '../base/time.js';

/** @import { Failing, Status } from './types.d.ts' */

/** @param {Status} status */
export function showLinks({ counts = {}, farSides, store, version }) {
  byId('version', HTMLElement).textContent = version;
  const dead = byId('dead-count', HTMLElement);
  dead.textContent = String(counts['dead'] ?? 0);
  dead.hidden = (counts['dead'] ?? 0) === 0;
  const waiting = (counts['pending'] ?? 0) + (counts['delivering'] ?? 0);
  rebuild(byId('links', HTMLElement), [waiting, farSides, store], () => [
    ...(waiting === 0 ? [] : [el('li', { class: 'under' }, `${waiting} on the way`)]),
    ...farSides.map(({ name, failing }) => link(name, failing)),
    link('store', store.failing),
  ]);
}

/**
 * @param {string} name
 * @param {Failing | undefined} failing
 */
function link(name, failing) {
  if (failing === undefined) return el('li', { class: 'link good', title: 'It answers' }, el('bdi', {}, oneLine(name)));
  const since = clockTime(new Date(failing.since));
  return el(
    'li',
    { class: 'link bad', title: oneLine(failing.reason) },
    el('bdi', {}, oneLine(name)),
    ` fails since ${since}`,
  );
}
