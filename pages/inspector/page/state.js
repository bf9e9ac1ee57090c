// What the page knows, and how it is read from serve.

import { filterQuery } from '../list/filters.js';
import { readAddress } from './address.js';
import { get } from './data-api.js';
import { views } from './views.js';

/** @import { State } from '../types.d.ts' */

/** So many are listed at most; a filter finds the others. */
const MOST_LISTED = 1000;

/** @type {State} */
export const state = {
  view: 'all',
  status: undefined,
  items: [],
  more: false,
  isRead: false,
  openId: undefined,
  opened: undefined,
};

export async function readStatus() {
  state.status = await get('status');
}

/** Counts readings of the list: one that a later one has overtaken is thrown away. */
let listing = 0;

/** @param {number} atLeast so many are read, if there are */
export async function readList(atLeast) {
  const mine = (listing += 1);
  const { view } = state;
  const query = filterQuery(views[view]);
  /** @type {unknown[]} */
  const items = [];
  /** @type {string | undefined} */
  let next;
  do {
    if (next !== undefined) query.set('before', next);
    const page = await views[view].list(query);
    items.push(...page.items);
    ({ next } = page);
  } while (next !== undefined && items.length < atLeast);
  if (mine !== listing || view !== state.view) return;
  Object.assign(state, { items, isRead: true, more: next !== undefined && items.length < MOST_LISTED });
}

/** The last reading of what is open. @type {Promise<void>} */
let opening = Promise.resolve();

/** Reads what is open. */
export function readOpened() {
  opening = readOpenedNow();
  return opening;
}

async function readOpenedNow() {
  const { openId, view } = state;
  if (openId === undefined) return;
  const opened = await views[view].open(openId);
  if (state.openId === openId && state.view === view) state.opened = opened;
}

/** What is open, once it is read: what a person does before then is meant for it. @returns {Promise<unknown>} */
export async function whatIsOpen() {
  await opening;
  return state.opened;
}

/**
 * Takes over what the address names.
 * @returns {{ isOtherView: boolean, isOther: boolean }}
 */
export function takeAddress() {
  const { view, id } = readAddress();
  const isOtherView = view !== state.view;
  const isOther = isOtherView || id !== state.openId;
  if (isOtherView) Object.assign(state, { view, items: [], more: false, isRead: false });
  if (isOther) Object.assign(state, { openId: id, opened: undefined });
  return { isOtherView, isOther };
}
