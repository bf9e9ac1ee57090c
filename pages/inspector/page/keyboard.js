// Single keys, where nobody is writing.

/** Keys that go on while they are held; of all others once is enough. */
const GOING_ON = new Set(['j', 'k']);

/** @param {Readonly<Record<string, () => void>>} keys what each does */
export function listenToKeys(keys) {
  document.addEventListener('keydown', (event) => {
    const { target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (document.querySelector('dialog[open]') !== null) return;
    if (target instanceof HTMLElement && target.matches('input, textarea, select')) {
      if (event.key === 'Escape') target.blur();
      return;
    }
    const act = keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    if (!event.repeat || GOING_ON.has(event.key)) act();
  });
}
