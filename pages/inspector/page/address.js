// What the address names: `#/<view>` or `#/<view>/<id>`.

/** @import { ViewName } from '../types.d.ts' */

/**
 * @param {ViewName} view
 * @param {string} [id]
 */
export function addressOf(view, id) {
  return id === undefined ? `#/${view}` : `#/${view}/${encodeURIComponent(id)}`;
}

/** @returns {{ view: ViewName, id: string | undefined }} */
export function readAddress() {
  const [, view = 'all', id] =
    /^#\/(all|sessions|dead|refused|fixtures|links)(?:\/([^/]+))?$/.exec(location.hash) ?? [];
  return { view: /** @type {ViewName} */ (view), id: id === undefined ? undefined : decoded(id) };
}

/** @param {string} text which a person may have typed */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
