import { readFile } from 'node:fs/promises';

/** Beside `src/` and beside `dist/` alike. */
const pages = new URL('../../../pages/', import.meta.url);

const contentTypes: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

/**
 * What customers write is shown on this page: it runs nothing but its own scripts, talks to this server alone, and turns no text
 * into markup (Trusted Types).
 */
const pageHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self'",
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
 * A file of the inspector's page; it holds no data.
 * @param folder its own, or the one of what all pages are made of
 * @param name as the route lets it pass: no path
 */
export async function pageFile(folder: 'inspector' | 'base', name: string): Promise<Response | undefined> {
  const contentType = contentTypes[name.slice(name.lastIndexOf('.') + 1)];
  if (contentType === undefined) return undefined;
  try {
    const text = await readFile(new URL(`${folder}/${name}`, pages), 'utf8');
    return new Response(text, { headers: { ...pageHeaders, 'content-type': contentType } });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
