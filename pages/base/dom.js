// Elements out of text. Nothing here takes markup: what customers write can only become text.

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string | boolean | undefined | ((event: Event) => void)>} [props] attributes; `on…` adds a listener
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') node.addEventListener(name.slice('on'.length), value);
    else if (value === true) node.setAttribute(name, '');
    else if (typeof value === 'string') node.setAttribute(name, value);
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
 * Builds what is in a container anew, only if what it shows has changed: a click must not lose its button under the pointer. The
 * focus, and what is folded out, stay by their `data-key`.
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
  const focused = hadFocus ? activeElement.dataset['key'] : undefined;
  const folds = new Map([...container.querySelectorAll('details')].map((node) => [node.dataset['key'], node.open]));
  container.replaceChildren(...build());
  for (const node of container.querySelectorAll('details')) node.open = folds.get(node.dataset['key']) ?? node.open;
  if (focused === undefined) return;
  const again = container.querySelector(`[data-key="${CSS.escape(focused)}"]`);
  if (again instanceof HTMLElement) again.focus({ preventScroll: true });
}

/**
 * Text from outside as one line: characters that are not seen or that turn the direction of text ("exe.gnp") show as �.
 * @param {string} text
 */
export function oneLine(text) {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\uFFFD');
}
