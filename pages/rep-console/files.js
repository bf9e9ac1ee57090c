// Files of a conversation: saved as what they are not run, shown only if they are images of the plain kinds.

import { el, oneLine } from '../base/dom.js';
import { bytes } from './org-api.js';

/** @import { SentFile } from './types.d.ts' */

/** What a browser draws and never runs: no SVG. */
const IMAGE_TYPES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/**
 * @param {string} conversationId
 * @param {SentFile} file
 * @param {(task: () => Promise<void>) => void} attempt runs a task and tells of its failure
 * @param {() => void} onGrown called when an image has come in
 * @returns {HTMLElement}
 */
export function fileNode(conversationId, file, attempt, onGrown) {
  const name = oneLine(file.name);
  const path = `conversations/${encodeURIComponent(conversationId)}/files/${encodeURIComponent(file.id)}`;
  const save = () =>
    attempt(async () => {
      saveAs(name, await bytes(path));
    });
  const chip = el(
    'button',
    { type: 'button', class: 'file', onclick: save, 'aria-label': `Save ${name}` },
    el('bdi', {}, name),
    el('small', {}, sizeText(file.bytes)),
  );
  const node = el('div', { class: 'attachment' }, chip);
  if (IMAGE_TYPES.has(file.mimeType)) {
    attempt(async () => {
      const image = el('img', { alt: name, onload: onGrown, onerror: () => image.remove() });
      image.src = URL.createObjectURL(new Blob([await bytes(path)], { type: file.mimeType }));
      node.prepend(image);
    });
  }
  return node;
}

/**
 * The blob has a type that no browser shows, whatever the file says it is: opened in a tab it would be a page of this origin.
 * @param {string} name
 * @param {ArrayBuffer} content
 */
function saveAs(name, content) {
  const href = URL.createObjectURL(new Blob([content], { type: 'application/octet-stream' }));
  el('a', { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

/** @param {number} size in bytes */
function sizeText(size) {
  if (size < 1024) return `${size} B`;
  if (size < 1024 * 1024) return `${Math.round(size / 1024)} KB`;
  return `${(size / 1024 / 1024).toFixed(1)} MB`;
}

/**
 * @param {File} file
 * @returns {Promise<string>} its bytes in base64
 */
export async function base64Of(file) {
  const reader = new FileReader();
  /** @type {string} */
  const url = await new Promise((resolve, reject) => {
    reader.addEventListener('loadend', () => {
      if (typeof reader.result === 'string') resolve(reader.result);
      else reject(new Error(`${oneLine(file.name)} cannot be read.`, { cause: reader.error }));
    });
    reader.readAsDataURL(file);
  });
  return url.slice(url.indexOf(',') + 1);
}
