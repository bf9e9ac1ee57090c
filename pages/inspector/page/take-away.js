// What a person takes away from the page.

import { el } from '../../base/dom.js';
import { say } from './say.js';

/**
 * @param {Blob} content
 * @param {string} name
 */
export function save(content, name) {
  const url = URL.createObjectURL(content);
  el('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** @param {string} text */
export async function copyText(text) {
  await navigator.clipboard.writeText(text);
  say('Copied');
}
