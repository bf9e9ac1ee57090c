// One conversation's entries. Grows at its end: what is there stays, so that a screen reader reads what is new alone.

import { byId, el, oneLine } from '../base/dom.js';
import { timeOf, TO_THE_MINUTE } from '../base/time.js';
import { customerOf } from './customer.js';
import { entryNote } from './entry-notes.js';
import { fileNode } from './files.js';

/** @import { Conversation, Entry, Queue } from './types.d.ts' */

/** How far from its end a transcript still counts as read to the end, in pixels. */
const NEAR_END = 40;
/** A customer whose client never says that they stopped typing has stopped. */
const TYPING_MS = 15_000;

const list = byId('transcript', HTMLOListElement);
const toNewest = byId('to-newest', HTMLButtonElement);
const typing = byId('typing', HTMLElement);

/** @type {{ id: string, customer: string, lastSerial: number, marks: Map<string, HTMLElement> } | undefined} */
let shown;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let typingTimer;
/** Whether the end stays in sight as the transcript grows: until somebody scrolls away from it. */
let followsEnd = true;

/**
 * @typedef {object} Surroundings
 * @property {readonly Queue[]} queues
 * @property {(task: () => Promise<void>) => void} attempt runs a task and tells of its failure
 */

/**
 * Shows a conversation from its beginning.
 * @param {Conversation & { entries: readonly Entry[] }} conversation
 * @param {Surroundings} surroundings
 */
export function showTranscript({ id, subject, entries }, surroundings) {
  clearTranscript();
  shown = { id, customer: customerOf(subject).name, lastSerial: 0, marks: new Map() };
  list.setAttribute('aria-busy', 'true');
  for (const entry of entries) addEntry(id, entry, surroundings);
  list.removeAttribute('aria-busy');
  scrollToEnd();
}

export function clearTranscript() {
  shown = undefined;
  stopTyping();
  for (const image of list.querySelectorAll('img')) URL.revokeObjectURL(image.src);
  list.replaceChildren();
  toNewest.hidden = true;
}

/**
 * Adds what has happened, if it is of the conversation shown and not there yet.
 * @param {string} conversationId
 * @param {Entry} entry
 * @param {Surroundings} surroundings
 */
export function addEntry(conversationId, entry, surroundings) {
  if (shown?.id !== conversationId || entry.serial <= shown.lastSerial) return;
  shown.lastSerial = entry.serial;
  if (entry.type === 'Message') addMessage(shown, entry, surroundings);
  else if (entry.type.endsWith('Acknowledgement')) mark(shown, entry);
  else if (entry.type.startsWith('Typing')) showTyping(shown, entry);
  else addNote(entry, surroundings.queues);
  if (followsEnd || (entry.type === 'Message' && entry.role === 'Agent')) scrollToEnd();
  else if (entry.type === 'Message') toNewest.hidden = false;
}

/**
 * @param {NonNullable<typeof shown>} of
 * @param {Entry} entry
 * @param {Surroundings} surroundings
 */
function addMessage({ customer, id, marks }, entry, { attempt }) {
  const isCustomer = entry.role === 'EndUser';
  const receipt = el('span', { class: 'mark' }, isCustomer ? '' : 'Sent');
  marks.set(entry.id, receipt);
  const files = (entry.files ?? []).map((file) => fileNode(id, file, attempt, keepEnd));
  const text = entry.text ?? '';
  const name = isCustomer ? customer : oneLine(entry.name);
  list.append(
    el(
      'li',
      { class: isCustomer ? 'message customer' : 'message rep' },
      el('div', { class: 'bubble' }, ...(text === '' ? [] : [el('p', { dir: 'auto' }, text)]), ...files),
      el('div', { class: 'under' }, el('bdi', {}, name), timeOf(entry.at, TO_THE_MINUTE), receipt),
    ),
  );
  if (isCustomer) stopTyping();
}

/**
 * A receipt at the message it is of. What has been read stays read.
 * @param {NonNullable<typeof shown>} of
 * @param {Entry} entry
 */
function mark({ marks }, { payload, type }) {
  const receipt = marks.get(payload?.acknowledgedConversationEntryIdentifier ?? '');
  if (receipt === undefined || receipt.textContent === 'Read') return;
  receipt.textContent = type === 'ReadAcknowledgement' ? 'Read' : 'Delivered';
}

/**
 * Notes that follow one another share a line.
 * @param {Entry} entry
 * @param {readonly Queue[]} queues
 */
function addNote(entry, queues) {
  const note = entryNote(entry, queues);
  if (note === undefined) return;
  const last = list.lastElementChild;
  const line = last?.classList.contains('notes')
    ? last
    : list.appendChild(el('li', { class: 'notes' }, timeOf(entry.at, TO_THE_MINUTE)));
  line.append(el('span', { class: note.isProblem ? 'problem' : 'note' }, note.text));
}

/**
 * @param {NonNullable<typeof shown>} of
 * @param {Entry} entry
 */
function showTyping({ customer }, { role, type }) {
  if (role !== 'EndUser') return;
  stopTyping();
  if (type !== 'TypingStartedIndicator') return;
  typing.textContent = `${customer} is typing …`;
  typingTimer = setTimeout(stopTyping, TYPING_MS);
}

function stopTyping() {
  clearTimeout(typingTimer);
  typing.textContent = '';
}

function scrollToEnd() {
  list.scrollTop = list.scrollHeight;
  followsEnd = true;
  toNewest.hidden = true;
}

function keepEnd() {
  if (followsEnd) scrollToEnd();
}

toNewest.addEventListener('click', scrollToEnd);
list.addEventListener('scroll', () => {
  followsEnd = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END;
  if (followsEnd) toNewest.hidden = true;
});
new ResizeObserver(keepEnd).observe(list);
