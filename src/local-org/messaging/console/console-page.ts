import { readFile } from 'node:fs/promises';

import type { Context } from 'hono';

import type { LocalOrgEnv, RouteRegistrant } from '../../http/route.ts';
import { resourceNotFound } from '../../http/session-guard.ts';

const ROOT = '/_local/messaging';

/** Beside `src/` and beside `dist/` alike. */
const pages = new URL('../../../../pages/', import.meta.url);

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

/**
 * What customers write is shown on this page, so it may run nothing but its own scripts, talk to nobody but this org, and
 * turn no text into markup (Trusted Types). Images from customers are blobs that its script has made.
 */
const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

/**
 * The page on which a person plays the representative. A browser sends no header of ours when it opens a page, so it is to be
 * registered before the guard of the control API: the page holds no data, and its script asks with the header.
 */
export const registerConsolePage: RouteRegistrant = (app) => {
  app.get(`${ROOT}/console`, (c) => pageFile(c, 'rep-console', 'index.html'));
  app.get(`${ROOT}/console/:file{[a-z-]+\\.(?:css|js|svg)}`, (c) => pageFile(c, 'rep-console', c.req.param('file')));
  app.get(`${ROOT}/base/:file{[a-z-]+\\.(?:css|js|svg)}`, (c) => pageFile(c, 'base', c.req.param('file')));
};

/**
 * @param folder of this page, or of what all pages are made of
 * @throws RestError 404
 */
async function pageFile(c: Context<LocalOrgEnv>, folder: 'rep-console' | 'base', name: string): Promise<Response> {
  const contentType = CONTENT_TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? '';
  return c.body(await fileText(`${folder}/${name}`), 200, { ...PAGE_HEADERS, 'content-type': contentType });
}

async function fileText(path: string): Promise<string> {
  try {
    return await readFile(new URL(path, pages), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw resourceNotFound();
    throw error;
  }
}
