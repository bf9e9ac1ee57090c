// Elements out of text. Nothing here takes markup: what customers write can only become text.

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string | boolean | ((event: Event) => void)>} [props] attributes; `on…` adds a listener
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') node.addEventListener(name.slice('on'.length), value);
    else if (value === true) node.setAttribute(name, '');
    else if (value !== false) node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

/**
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} kind
 * @returns {T}
 */
export function byId(id, kind) {
  const node = document.getElementById(id);
  if (node instanceof kind) return node;
  throw new Error(`The page has no ${kind.name} #${id}.`);
}

/** @type {WeakMap<Element, string>} */
const shown = new WeakMap();

/**
 * Builds what is in a container anew, only if what it shows has changed: a click must not lose its button under the pointer.
 * The focus stays on the element of the same `data-key`.
 * @param {HTMLElement} container
 * @param {unknown} model what is shown, as JSON
 * @param {() => Node[]} build
 */
export function rebuild(container, model, build) {
  const text = JSON.stringify(model);
  if (shown.get(container) === text) return;
  shown.set(container, text);
  const { activeElement } = document;
  const hadFocus = activeElement instanceof HTMLElement && container.contains(activeElement);
  const key = hadFocus ? activeElement.dataset['key'] : undefined;
  container.replaceChildren(...build());
  if (key === undefined) return;
  const again = container.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (again instanceof HTMLElement) again.focus();
}

/**
 * A name from outside as one line: characters that are not seen or that turn the direction of text ("exe.gnp") show as �.
 * @param {string} name
 */
export function plainName(name) {
  return name.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\uFFFD');
}

/**
 * @param {number} at milliseconds since 1970
 * @returns {HTMLTimeElement} the time of day, with the date where it is another one
 */
export function timeOf(at) {
  const date = new Date(at);
  const isToday = date.toDateString() === new Date().toDateString();
  const clock = date.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  const text = isToday ? clock : `${date.toLocaleDateString()} ${clock}`;
  return el('time', { datetime: date.toISOString(), title: date.toLocaleString() }, text);
}

/**
 * Who a token's subject names: `v2/iamessage/AUTH/<keyset>/uid:<sub>`, or a guest.
 * @param {string} subject
 */
export function customerOf(subject) {
  const verified = /\/AUTH\/[^/]*\/uid:(.*)$/s.exec(subject)?.[1];
  if (verified !== undefined) return { name: plainName(verified), isVerified: true };
  return { name: `Guest ${subject.slice(subject.lastIndexOf('/') + 1).slice(0, 8)}`, isVerified: false };
}
