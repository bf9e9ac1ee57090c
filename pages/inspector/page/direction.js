// Which way an event went.

import { el } from '../../base/dom.js';

/** @import { Direction } from '../types.d.ts' */

/** @type {Readonly<Record<Direction, { short: string, long: string, call: string }>>} */
export const directions = {
  'from-salesforce': { short: 'Salesforce', long: 'from Salesforce', call: 'Call by Salesforce' },
  'from-opencx': { short: 'OpenCX', long: 'from OpenCX', call: 'Call by OpenCX' },
  told: { short: 'told', long: 'told by serve', call: 'What is told' },
};

/** @param {Direction} direction */
export function directionMark(direction) {
  const { short, long } = directions[direction];
  return el('span', { class: `from ${direction}`, title: long }, short);
}
