// Requests to the control API of the local org that served this page.

const ROOT = '/_local/messaging';

/**
 * @param {string} method
 * @param {string} path below `/_local/messaging/`
 * @param {unknown} [body] sent as JSON
 * @returns {Promise<Response>} an answer of success
 * @throws {Error} with the org's own words, or that it does not answer
 */
export async function request(method, path, body) {
  const headers = new Headers({ 'X-Local-Org-Control': 'rep-console' });
  /** @type {RequestInit} */
  const init = { method, headers, cache: 'no-store' };
  if (body !== undefined) {
    headers.set('Content-Type', 'application/json');
    init.body = JSON.stringify(body);
  }
  const response = await fetch(`${ROOT}/${path}`, init).catch((error) => {
    throw new Error('The local org does not answer', { cause: error });
  });
  if (response.ok) return response;
  throw new Error(messageOf(await response.text()) ?? `The local org answered with status ${response.status}.`);
}

/**
 * The org's own words: `[{"message": …}]`.
 * @param {string} text
 * @returns {string | undefined}
 */
function messageOf(text) {
  /** @type {unknown} */
  let errors;
  try {
    errors = JSON.parse(text);
  } catch {
    return undefined;
  }
  /** @type {unknown} */
  const message = Array.isArray(errors) ? errors[0]?.message : undefined;
  return typeof message === 'string' ? message : undefined;
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
 * @param {unknown} [body]
 * @returns {Promise<void>}
 */
export async function post(path, body) {
  await request('POST', path, body);
}

/**
 * @param {string} path
 * @returns {Promise<ArrayBuffer>}
 */
export async function bytes(path) {
  return await (await request('GET', path)).arrayBuffer();
}
