// Edit and replay.

import { byId } from '../../base/dom.js';
import { post } from '../page/data-api.js';
import { notTwice } from '../page/not-twice.js';
import { prettyOf } from './bytes-view.js';
import { goesElsewhere, placeName } from './place.js';

/** @import { EventDetail } from '../types.d.ts' */

const dialog = byId('replay', HTMLDialogElement);
const form = byId('replay-form', HTMLFormElement);
const to = byId('replay-to', HTMLInputElement);
const body = byId('replay-body', HTMLTextAreaElement);
const problem = byId('replay-problem', HTMLElement);

/** @type {{ event: EventDetail, text: string } | undefined} */
let edited;

/** @param {EventDetail} event */
export function openReplayDialog(event) {
  const came = event.body ?? '';
  body.value = prettyOf(event) ?? came;
  // As the box has it: it writes line ends in its own way.
  edited = { event, text: body.value };
  const targets = event.deliveries.map(({ target }) => placeName(target));
  to.value = '';
  to.required = targets.length === 0;
  to.placeholder = targets.length === 0 ? 'http://localhost:3000/webhooks' : `where it went: ${targets.join(', ')}`;
  problem.textContent = '';
  dialog.showModal();
  (goesElsewhere(event) ? body : to).focus();
  body.setSelectionRange(0, 0);
  body.scrollTop = 0;
}

/** @param {(id: string) => void} onReplayed told the id of the replay */
export function listenToReplayDialog(onReplayed) {
  byId('replay-cancel', HTMLButtonElement).addEventListener('click', () => dialog.close());
  form.addEventListener('submit', (submitted) => {
    submitted.preventDefault();
    if (edited === undefined) return;
    const wish = {
      ...(body.value === edited.text ? {} : { body: body.value }),
      ...(to.value.trim() === '' ? {} : { to: to.value.trim() }),
    };
    problem.textContent = '';
    send(edited.event.id, wish, onReplayed).catch((error) => {
      problem.textContent = error instanceof Error ? error.message : String(error);
    });
  });
}

/** @type {(id: string, wish: { body?: string, to?: string }, onReplayed: (id: string) => void) => Promise<void>} */
const send = notTwice(async (id, wish, onReplayed) => {
  const replay = await post(`events/${id}/replay`, wish);
  dialog.close();
  onReplayed(replay.id);
});
