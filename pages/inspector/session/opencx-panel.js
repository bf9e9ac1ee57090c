// A session as OpenCX itself has it. It is asked once for each that is opened, and again when a person wants it.

import { el, oneLine } from '../../base/dom.js';
import { timeOf } from '../../base/time.js';
import { get, post } from '../page/data-api.js';
import { button } from '../page/facts.js';

/** @import { Actions, OpencxItem, OpencxReading } from '../types.d.ts' */

/** By the id of the session. @type {Map<string, OpencxReading>} */
const readings = new Map();

/** @param {string} id */
export function opencxOf(id) {
  return readings.get(id);
}

/**
 * @param {string} id
 * @param {Actions} actions
 */
export function opencxNodes(id, actions) {
  if (!readings.has(id)) read(id, actions);
  const reading = readings.get(id);
  return el(
    'section',
    { 'aria-labelledby': 'opencx-title' },
    el('h2', { id: 'opencx-title' }, 'As OpenCX has it'),
    el(
      'p',
      { class: 'buttons' },
      button('Read again', '', '', () => read(id, actions)),
      button('Let it sync', '', 'Asks OpenCX to read the conversation in Salesforce again', () =>
        actions.attempt(async () => {
          await post(`sessions/${encodeURIComponent(id)}/sync`, {});
          actions.say('OpenCX was asked to sync');
        }),
      ),
    ),
    ...(reading === undefined ? [] : readingNodes(reading)),
  );
}

/**
 * @param {string} id
 * @param {Actions} actions
 */
function read(id, actions) {
  const before = readings.get(id)?.history;
  const kept = before === undefined ? {} : { history: before };
  readings.set(id, { isReading: true, ...kept });
  get(`sessions/${encodeURIComponent(id)}/opencx`)
    .then(
      (history) => readings.set(id, { isReading: false, history }),
      (error) => readings.set(id, { isReading: false, problem: String(error.message), ...kept }),
    )
    .finally(actions.showAgain);
}

/** @param {OpencxReading} reading */
function readingNodes({ isReading, problem, history }) {
  const notes = [
    ...(isReading ? ['Reading …'] : []),
    ...(history?.isKnown === false ? ['OpenCX has no such session.'] : []),
    ...(history?.isKnown === true && history.items.length === 0 ? ['OpenCX keeps nothing of it.'] : []),
    ...(history?.truncated === true ? ['There is more than was read.'] : []),
  ];
  return [
    ...(problem === undefined ? [] : [el('p', { class: 'bad' }, oneLine(problem))]),
    ...notes.map((note) => el('p', { class: 'under' }, note)),
    el('ol', { class: 'timeline' }, ...(history?.items ?? []).map(itemLine)),
  ];
}

/** @param {OpencxItem} item */
function itemLine({ at = '', type, sender, text }) {
  const time = Date.parse(at);
  return el(
    'li',
    { class: 'entry from-opencx' },
    Number.isNaN(time) ? el('span', { class: 'under' }, oneLine(at)) : timeOf(time),
    el(
      'div',
      {},
      el('b', {}, el('bdi', {}, oneLine(sender ?? type))),
      ...(sender === undefined ? [] : [el('span', { class: 'under' }, ' ', el('bdi', {}, oneLine(type)))]),
      ...(text === undefined ? [] : [el('p', {}, el('bdi', {}, oneLine(text)))]),
    ),
  );
}
