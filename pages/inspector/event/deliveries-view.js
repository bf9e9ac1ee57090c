// What became of an event: each place it goes to, each attempt, and what is different between two answers.

import { el, oneLine } from '../../base/dom.js';
import { timeOf } from '../../base/time.js';
import { addressOf } from '../page/address.js';
import { statePill } from '../page/state-pill.js';
import { bodyView, headersView, prettyOf, textOf } from './bytes-view.js';
import { withoutTricks } from './json-text.js';
import { lineDiff } from './line-diff.js';
import { isOwnPlace, placeName } from './place.js';

/** @import { Attempt, DeliveryHistory } from '../types.d.ts' */

/** @param {DeliveryHistory} delivery */
export function deliveryView(delivery) {
  const { id, target, state, history, nextAttemptAt, replacedBy } = delivery;
  const next =
    nextAttemptAt === undefined
      ? []
      : [el('span', { class: 'under' }, 'next attempt ', timeOf(Date.parse(nextAttemptAt)))];
  const by =
    replacedBy === undefined
      ? []
      : [el('span', { class: 'under' }, 'by ', el('a', { href: addressOf('all', replacedBy) }, replacedBy))];
  const answered = history.flatMap(({ response }, index) => (response === undefined ? [] : [index]));
  return el(
    'section',
    { class: 'delivery' },
    el('h3', {}, el('bdi', {}, oneLine(placeName(target))), statePill(state), ...next, ...by),
    ...(history.length === 0 ? [el('p', { class: 'under' }, 'No attempt yet.')] : []),
    ...history.map((attempt, index) => attemptView(attempt, index, `${id} ${index}`, index === history.length - 1)),
    ...(answered.length > 1 ? [comparison(history, answered, id)] : []),
  );
}

/**
 * @param {Attempt} attempt
 * @param {number} index
 * @param {string} key
 * @param {boolean} isLast
 */
function attemptView({ startedAt, endedAt, request, response, failure }, index, key, isLast) {
  const isGood = response !== undefined && response.status >= 200 && response.status < 300;
  const good = isOwnPlace(request.url) ? 'worked in' : String(response?.status);
  const outcome = isGood ? good : (response?.status.toString() ?? failure ?? 'no answer');
  return el(
    'details',
    { 'data-key': `attempt ${key}`, open: isLast, class: 'attempt' },
    el(
      'summary',
      {},
      `Attempt ${index + 1}: `,
      el('b', { class: isGood ? 'good' : 'bad' }, oneLine(outcome)),
      el(
        'span',
        { class: 'under' },
        ` ${Date.parse(endedAt) - Date.parse(startedAt)} ms, `,
        timeOf(Date.parse(startedAt)),
      ),
    ),
    el('h4', {}, 'Request'),
    el('p', { class: 'mono' }, `${request.method} `, el('bdi', {}, oneLine(request.url))),
    headersView(request.headers, `request ${key}`, false),
    el('h4', {}, 'Answer'),
    ...(response === undefined
      ? [el('p', { class: 'bad' }, oneLine(failure ?? 'None came.'))]
      : [
          el('p', { class: 'mono' }, `status ${response.status}`),
          headersView(response.headers, `response ${key}`, false),
          bodyView(response, `response ${key}`, []),
        ]),
  );
}

/**
 * @param {readonly Attempt[]} history
 * @param {readonly number[]} answered indexes of attempts that were answered; two or more
 * @param {string} id
 */
function comparison(history, answered, id) {
  const lines = el('ol', { class: 'diff' });
  const choose = (/** @type {string} */ label, /** @type {number | undefined} */ chosen) =>
    el(
      'select',
      { 'aria-label': label, onchange: () => fill() },
      ...answered.map((index) =>
        el('option', { value: String(index), selected: index === chosen }, `attempt ${index + 1}`),
      ),
    );
  const before = choose('Answer before', answered.at(-2));
  const after = choose('Answer after', answered.at(-1));
  const fill = () => {
    const diff = lineDiff(answerText(history[Number(before.value)]), answerText(history[Number(after.value)]));
    const marks = { same: ' ', gone: '−', new: '+' };
    lines.replaceChildren(
      ...(diff.every(({ kind }) => kind === 'same')
        ? [el('li', { class: 'under' }, 'Both answers are the same.')]
        : []),
      ...diff.map(({ kind, text }) => el('li', { class: kind }, `${marks[kind]} `, el('bdi', {}, text))),
    );
  };
  fill();
  return el(
    'details',
    { 'data-key': `diff ${id}`, class: 'attempt' },
    el('summary', {}, 'What is different between answers'),
    el('p', { class: 'buttons' }, before, ' → ', after),
    lines,
  );
}

/** @param {Attempt | undefined} attempt */
function answerText(attempt) {
  const response = attempt?.response;
  if (response === undefined) return '';
  const fields = response.headers.map(([name, value]) => oneLine(`${name}: ${value}`));
  return [`status ${response.status}`, ...fields, '', prettyOf(response) ?? withoutTricks(textOf(response))].join('\n');
}
