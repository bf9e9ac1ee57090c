// Who sits here: chosen, made, online or not.

import { byId, el, rebuild } from '../base/dom.js';
import { post } from './org-api.js';
import { meOf } from './state.js';

/** @import { State } from './types.d.ts' */

const picker = byId('me', HTMLSelectElement);
const online = byId('online', HTMLButtonElement);
const hint = byId('queues-hint', HTMLElement);
const dialog = byId('new-rep', HTMLDialogElement);
const form = byId('new-rep-form', HTMLFormElement);
const nameField = byId('new-rep-name', HTMLInputElement);
const usernameField = byId('new-rep-username', HTMLInputElement);

/** @param {State} state */
export function showRepresentative(state) {
  const me = meOf(state);
  const names = state.agents.map(({ name, online, username }) => ({ name, online, username }));
  rebuild(picker, [names, state.me], () => [
    el('option', { value: '', selected: me === undefined, disabled: true }, 'choose …'),
    ...names.map(({ name, online, username }) =>
      el('option', { value: username, selected: username === state.me }, online ? name : `${name} (offline)`),
    ),
  ]);
  online.disabled = me === undefined;
  online.setAttribute('aria-checked', String(me?.online === true));
  hint.textContent = me?.queues.length === 0 ? `${me.name} is in no queue, so nothing is offered to them.` : '';
}

/**
 * @param {State} state
 * @param {object} page
 * @param {(task: () => Promise<void>) => void} page.attempt runs a task and tells of its failure
 * @param {(username: string) => Promise<void>} page.become who sits here from now on
 */
export function listenToRepresentative(state, { attempt, become }) {
  picker.addEventListener('change', () => attempt(() => become(picker.value)));
  online.addEventListener('click', () => {
    const me = meOf(state);
    if (me === undefined) return;
    attempt(async () => {
      await post('agents', { username: me.username, online: !me.online });
      await become(me.username);
    });
  });
  for (const opener of document.querySelectorAll('.make-rep')) {
    opener.addEventListener('click', () => dialog.showModal());
  }
  byId('new-rep-cancel', HTMLButtonElement).addEventListener('click', () => dialog.close());
  nameField.addEventListener('input', () => {
    const words =
      nameField.value
        .toLowerCase()
        .normalize('NFKD')
        .match(/[a-z0-9]+/g) ?? [];
    usernameField.value = words.length === 0 ? '' : `${words.join('.')}@example.com`;
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const username = usernameField.value.trim();
    attempt(async () => {
      await post('agents', { username, name: nameField.value.trim(), online: true });
      form.reset();
      await become(username);
    });
    // Closed at once: what goes wrong is said above the page, which a dialog hides from a screen reader.
    dialog.close();
  });
}
