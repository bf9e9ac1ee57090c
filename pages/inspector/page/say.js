// What was done, and what went wrong.

import { byId } from '../../base/dom.js';
import { mentionProblem, showProblem } from '../../base/problems.js';
import { NotLetIn } from './data-api.js';

const said = byId('said', HTMLElement);

/** @type {ReturnType<typeof setTimeout> | undefined} */
let saying;

/** @param {string} text */
export function say(text) {
  said.textContent = text;
  clearTimeout(saying);
  saying = setTimeout(() => (said.textContent = ''), 4000);
}

/**
 * Runs a task; what goes wrong is said on the page.
 * @param {() => Promise<void>} task
 */
export function attempt(task) {
  task().catch((error) => tell(error, showProblem));
}

/**
 * Runs a task that nobody asked for.
 * @param {() => Promise<void>} task
 */
export function keepUp(task) {
  task().catch((error) => tell(error, mentionProblem));
}

/**
 * @param {unknown} error
 * @param {(error: unknown) => void} show
 */
function tell(error, show) {
  if (error instanceof NotLetIn) askForToken(error.message);
  else show(error);
}

/** @param {string} why */
function askForToken(why) {
  const dialog = byId('no-token', HTMLDialogElement);
  byId('no-token-why', HTMLElement).textContent = why;
  if (!dialog.open) dialog.showModal();
}
