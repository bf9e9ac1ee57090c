// The rep's side of the conversation that is shown: reply, files, typing, and the ways out.

import { byId, el, rebuild } from '../base/dom.js';
import { base64Of } from './files.js';
import { post } from './org-api.js';
import { myWork, openWork } from './state.js';

/** @import { State, Work } from './types.d.ts' */

/** Who has written nothing for this long is not typing any more. */
const TYPING_PAUSE_MS = 4000;

const form = byId('composer', HTMLFormElement);
const box = byId('reply', HTMLTextAreaElement);
const fileField = byId('file', HTMLInputElement);
const actions = byId('actions', HTMLElement);
const transferDialog = byId('transfer', HTMLDialogElement);
const transferQueues = byId('transfer-queues', HTMLElement);

/** What is written and not sent, by conversation. @type {Map<string, string>} */
const drafts = new Map();
/** The work whose customer was told that somebody is typing. @type {string | undefined} */
let typingFor;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let typingTimer;
/** @type {string | undefined} */
let shownId;

/** @param {State} state */
export function showComposer(state) {
  const work = openWork(state);
  if (!myWork(state, 'Opened').some(({ id }) => id === typingFor)) forgetTyping();
  form.hidden = state.openId === undefined;
  actions.hidden = work === undefined;
  for (const control of form.querySelectorAll('button, textarea, input'))
    control.toggleAttribute('disabled', work === undefined);
  box.placeholder = work === undefined ? 'This conversation is not yours at the moment.' : 'Write a reply …';
  if (shownId === state.openId) return;
  if (shownId !== undefined) drafts.set(shownId, box.value);
  shownId = state.openId;
  box.value = drafts.get(shownId ?? '') ?? '';
}

export function focusReply() {
  if (!box.disabled) box.focus();
}

/**
 * @param {State} state
 * @param {(task: () => Promise<void>) => void} attempt runs a task and tells of its failure
 */
export function listenToComposer(state, attempt) {
  /** @param {(work: Work) => Promise<void>} task */
  const withWork = (task) => {
    const work = openWork(state);
    if (work !== undefined) attempt(() => task(work));
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    withWork(sendReply);
  });
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  box.addEventListener('input', () =>
    withWork((work) => (box.value === '' ? stopTyping(work) : keepTyping(work, attempt))),
  );
  fileField.addEventListener('change', () =>
    withWork(async (work) => {
      const [file] = fileField.files ?? [];
      fileField.value = '';
      if (file === undefined) return;
      const mimeType = file.type === '' ? {} : { mimeType: file.type };
      await post(`agent-work/${work.id}/file`, { name: file.name, ...mimeType, base64: await base64Of(file) });
    }),
  );
  byId('leave', HTMLButtonElement).addEventListener('click', () =>
    withWork(({ id }) => post(`agent-work/${id}/leave`)),
  );
  byId('end', HTMLButtonElement).addEventListener('click', () => withWork(({ id }) => post(`agent-work/${id}/end`)));
  byId('transfer-open', HTMLButtonElement).addEventListener('click', () => {
    showQueues(state, (queue) => {
      transferDialog.close();
      withWork(({ id }) => post(`agent-work/${id}/transfer`, { queue }));
    });
    transferDialog.showModal();
  });
  byId('transfer-cancel', HTMLButtonElement).addEventListener('click', () => transferDialog.close());
}

/**
 * What was written stays in the box until the org has it.
 * @param {Work} work
 */
async function sendReply(work) {
  const text = box.value;
  if (text.trim() === '' || box.readOnly) return;
  box.readOnly = true;
  try {
    await stopTyping(work);
    await post(`agent-work/${work.id}/reply`, { text });
    drafts.delete(work.conversationId ?? '');
    if (shownId === work.conversationId) box.value = '';
  } finally {
    box.readOnly = false;
  }
}

/**
 * @param {Work} work
 * @param {(task: () => Promise<void>) => void} attempt
 */
async function keepTyping(work, attempt) {
  clearTimeout(typingTimer);
  typingTimer = setTimeout(() => attempt(() => stopTyping(work)), TYPING_PAUSE_MS);
  if (typingFor === work.id) return;
  typingFor = work.id;
  await post(`agent-work/${work.id}/typing`, { isTyping: true });
}

/** @param {Work} work */
async function stopTyping(work) {
  if (typingFor !== work.id) return;
  forgetTyping();
  await post(`agent-work/${work.id}/typing`, { isTyping: false });
}

function forgetTyping() {
  clearTimeout(typingTimer);
  typingFor = undefined;
}

/**
 * @param {State} state
 * @param {(queue: string) => void} choose told the queue's DeveloperName
 */
function showQueues({ agents, queues }, choose) {
  const model = queues.map(({ developerName, name, waiting }) => {
    const online = agents.filter((agent) => agent.online && agent.queues.includes(developerName));
    return { developerName, name, waiting, reps: online.map((agent) => agent.name).join(', ') };
  });
  rebuild(transferQueues, model, () =>
    model.map(({ developerName, name, reps, waiting }) =>
      el(
        'button',
        { type: 'button', class: 'row', onclick: () => choose(developerName) },
        el('bdi', {}, name),
        el('span', { class: 'under' }, `${waiting} waiting; online: ${reps === '' ? 'nobody' : reps}`),
      ),
    ),
  );
}
