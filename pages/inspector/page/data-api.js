// Requests to the serve that gave this page, each with the token that came in its address.

const TOKEN = 'opencx-sf-inspector';

/** The token is missing, or of an earlier run. */
export class NotLetIn extends Error {}

/**
 * Takes the token out of the address, where it would be seen and shared, and keeps it for the tabs of this very origin. A cookie
 * would go to every other server on this machine.
 */
export function takeToken() {
  const [, token] = /^#token=([\w-]+)$/.exec(location.hash) ?? [];
  if (token === undefined) return;
  localStorage.setItem(TOKEN, token);
  history.replaceState(null, '', '#/all');
}

/**
 * @param {string} method
 * @param {string} path below `/api/`
 * @param {unknown} [body] sent as JSON
 * @returns {Promise<Response>} an answer of success
 * @throws {NotLetIn}
 * @throws {Error} with serve's own words, or that it does not answer
 */
export async function request(method, path, body) {
  const token = localStorage.getItem(TOKEN);
  if (token === null) throw new NotLetIn('This address carries no token.');
  const headers = new Headers({ Authorization: `Bearer ${token}` });
  /** @type {RequestInit} */
  const init = { method, headers, cache: 'no-store' };
  if (body !== undefined) {
    headers.set('Content-Type', 'application/json');
    init.body = JSON.stringify(body);
  }
  const response = await fetch(`/api/${path}`, init).catch((error) => {
    throw new Error('serve does not answer', { cause: error });
  });
  if (response.ok) return response;
  if (response.status === 401) throw new NotLetIn('The token of this page is of an earlier run of serve.');
  throw new Error(wordsOf(await response.text()) ?? `serve answered with status ${response.status}.`);
}

/**
 * serve's own words: `{"error": …}`.
 * @param {string} text
 * @returns {string | undefined}
 */
function wordsOf(text) {
  try {
    const { error } = JSON.parse(text);
    return typeof error === 'string' ? error : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {string} path
 * @returns {Promise<any>}
 */
export async function get(path) {
  return await (await request('GET', path)).json();
}

/**
 * @param {string} path
 * @param {unknown} body
 * @returns {Promise<any>}
 */
export async function post(path, body) {
  return await (await request('POST', path, body)).json();
}

/**
 * @param {string} path
 * @returns {Promise<Blob>}
 */
export async function blob(path) {
  return await (await request('GET', path)).blob();
}
