// How everything is doing that serve depends on.

import { el } from '../../base/dom.js';
import { timeOf } from '../../base/time.js';
import { get } from '../page/data-api.js';
import { facts, title } from '../page/facts.js';
import { statePill } from '../page/state-pill.js';
import { linkName } from './link-name.js';

/** @import { Context, Link, Status, View } from '../types.d.ts' */

/** @type {Readonly<Record<Link['role'], string>>} */
const purposes = {
  store: 'keeps what came and what became of it',
  salesforce: 'the org: Cases, mails and comments are made there',
  messaging: 'conversations of Live Messaging are held there',
  streams: 'by them conversations of Live Messaging are followed',
  'far-side': 'events and callbacks are posted there',
};

const waits = 'What waits for it is tried again by itself; what has waited for too long is among the dead letters.';

/** What becomes of events while it fails. @type {Readonly<Record<Link['role'], string>>} */
const meanwhile = {
  store: 'What cannot be kept is answered 503, so that whoever sent it comes again.',
  salesforce: waits,
  messaging: waits,
  streams: 'They are opened again by themselves, and go on where they were lost.',
  'far-side': waits,
};

/** @type {View<Link, { link: Link, counts: Readonly<Record<string, number>> }>} */
export const linksView = {
  filters: [],
  fixed: {},
  list: async () => ({ items: (await readStatus()).links }),
  row: (link) => ({
    id: link.name,
    title: linkName(link),
    pill: pillOf(link),
    subject: link.failing?.reason ?? purposes[link.role],
    notes: [],
    ...(link.failing === undefined ? {} : { at: new Date(link.failing.since).toISOString() }),
  }),
  open: async (wanted) => {
    const { links, counts = {} } = await readStatus();
    const link = links.find(({ name }) => name === wanted);
    return link === undefined ? undefined : { link, counts };
  },
  isTouched: () => true,
  model: () => undefined,
  nodes: linkNodes,
  empty: () => [el('p', {}, 'There is nothing that this depends on.')],
  canSaveHar: false,
};

/** @returns {Promise<Status>} */
function readStatus() {
  return get('status');
}

/** @param {Link} link */
function pillOf({ failing, isTried }) {
  if (failing !== undefined) return { text: 'fails', kind: 'dead' };
  return isTried ? { text: 'answers', kind: 'delivered' } : { text: 'not tried', kind: '' };
}

/**
 * @param {{ link: Link, counts: Readonly<Record<string, number>> }} opened
 * @param {Context} context
 */
function linkNodes({ link, counts }, { view }) {
  const { failing, name, role } = link;
  const pill = pillOf(link);
  const states = Object.entries(counts).map(([state, count]) => `${count} ${state}`);
  return [
    title(view, linkName(link), [statePill(pill.text, pill.kind)]),
    facts([
      ['What it is', purposes[role]],
      ['Where', role === 'store' || role === 'streams' ? undefined : name],
      ['Fails since', failing === undefined ? undefined : timeOf(failing.since)],
      ['Why', failing?.reason],
      ['Deliveries', role === 'store' ? states.join(', ') || undefined : undefined],
    ]),
    el(
      'p',
      { class: 'under' },
      failing === undefined ? 'What waits for it goes on as soon as it is due.' : meanwhile[role],
    ),
  ];
}
