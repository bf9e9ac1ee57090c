// What is wrong, above all else on a page.

import { byId, el } from './dom.js';
import { clockTime } from './time.js';

const banner = byId('connection-lost', HTMLElement);
const problems = byId('problems', HTMLElement);

/** @param {unknown} error shown until it is dismissed, or another comes */
export function showProblem(error) {
  const text = error instanceof Error ? error.message : String(error);
  const dismiss = el('button', { type: 'button', 'aria-label': 'Dismiss', onclick: () => problem.remove() }, '✕');
  const problem = el('p', {}, el('span', {}, text), dismiss);
  problems.replaceChildren(problem);
}

/** @param {unknown} error of what the page did by itself: it does not take the place of what a person is being told */
export function mentionProblem(error) {
  if (problems.childElementCount === 0) showProblem(error);
}

/**
 * @param {Date} since
 * @param {Error} reason
 */
export function showLost(since, reason) {
  banner.hidden = false;
  banner.textContent = `Connection lost since ${clockTime(since)}, trying again … (${reason.message})`;
}

export function hideLost() {
  banner.hidden = true;
}
