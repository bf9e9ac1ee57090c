// What is open, beside the list.

import { byId, rebuild } from '../../base/dom.js';
import { views } from './views.js';

/** @import { Actions, State } from '../types.d.ts' */

const opened = byId('opened', HTMLElement);

/**
 * @param {State} state
 * @param {Actions} actions
 */
export function showOpened(state, actions) {
  const view = views[state.view];
  const can = state.status?.can ?? { fire: false, save: false, opencx: false };
  const isSomething = state.opened !== undefined;
  opened.hidden = !isSomething;
  byId('nothing-open', HTMLElement).hidden = isSomething;
  const model = isSomething ? [state.view, can, state.opened, view.model(state.opened)] : undefined;
  rebuild(opened, [model], () => (isSomething ? view.nodes(state.opened, { view: state.view, can, actions }) : []));
}
