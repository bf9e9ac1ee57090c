// Points in time as a person reads them.

import { el } from './dom.js';

/** @type {Intl.DateTimeFormatOptions} */
const TO_THE_SECOND = { hour: '2-digit', minute: '2-digit', second: '2-digit' };

/** @type {Intl.DateTimeFormatOptions} */
export const TO_THE_MINUTE = { hour: '2-digit', minute: '2-digit' };

/**
 * @param {Date} date
 * @param {Intl.DateTimeFormatOptions} [precision]
 * @returns {string} the time of day
 */
export function clockTime(date, precision = TO_THE_SECOND) {
  return date.toLocaleTimeString([], precision);
}

/**
 * @param {number} at milliseconds since 1970
 * @param {Intl.DateTimeFormatOptions} [precision]
 * @returns {HTMLTimeElement} the time of day, with the date where it is another one
 */
export function timeOf(at, precision) {
  const date = new Date(at);
  const isToday = date.toDateString() === new Date().toDateString();
  const clock = clockTime(date, precision);
  const text = isToday ? clock : `${date.toLocaleDateString()} ${clock}`;
  return el('time', { datetime: date.toISOString(), title: date.toISOString() }, text);
}
