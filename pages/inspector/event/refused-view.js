// Calls that were refused.

import { el } from '../../base/dom.js';
import { timeOf } from '../../base/time.js';
import { get } from '../page/data-api.js';
import { button, facts, title } from '../page/facts.js';
import { statePill } from '../page/state-pill.js';
import { bodyView, headersView, textOf } from './bytes-view.js';

/** @import { Context, Rejection, View } from '../types.d.ts' */

/** @type {View<Rejection, Rejection>} */
export const refusedView = {
  filters: [],
  fixed: {},
  list: async () => ({ items: await readRejections() }),
  row: ({ id, receivedAt, status, reason }) => ({
    id,
    title: 'refused',
    pill: { text: String(status), kind: 'dead' },
    subject: reason,
    notes: [],
    at: receivedAt,
  }),
  open: async (wanted) => (await readRejections()).find(({ id }) => id === wanted),
  isTouched: () => false,
  model: () => undefined,
  nodes: rejectionNodes,
  empty: () => [el('p', {}, 'No call was refused.')],
  canSaveHar: false,
};

/** @returns {Promise<Rejection[]>} */
async function readRejections() {
  return (await get('rejections')).rejections;
}

/**
 * @param {Rejection} rejection
 * @param {Context} context
 */
function rejectionNodes(rejection, { view, actions }) {
  const { id, receivedAt, status, reason, headers } = rejection;
  return [
    title(view, 'Refused call', [statePill(String(status), 'dead')]),
    facts([
      ['Call', id],
      ['Received', timeOf(Date.parse(receivedAt))],
      ['Why', reason],
    ]),
    el('h2', {}, 'What came'),
    headersView(headers, id, true),
    bodyView(rejection, id, [button('Copy', '', 'The body as it came', () => actions.copy(textOf(rejection)))]),
  ];
}
