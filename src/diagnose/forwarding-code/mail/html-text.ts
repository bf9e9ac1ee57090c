/** What an HTML body holds for a reader. */
export interface HtmlParts {
  text: string;
  /** Where its links lead, as they are written. */
  hrefs: readonly string[];
}

const entities: Readonly<Record<string, string>> = { amp: '&', apos: "'", gt: '>', lt: '<', nbsp: ' ', quot: '"' };

/** Elements whose content nobody reads. */
const unread = new Set(['head', 'script', 'style', 'template', 'title']);

/** Elements that begin or end a line. */
const blocks = new Set(['br', 'div', 'h1', 'h2', 'h3', 'h4', 'li', 'p', 'table', 'td', 'tr']);

/** Takes an HTML body apart in one pass, whatever it holds: comments and elements that never end swallow the rest. */
export function htmlParts(html: string): HtmlParts {
  const lower = html.toLowerCase();
  const hrefs: string[] = [];
  let text = '';
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    if (open === -1) break;
    text += html.slice(at, open);
    if (lower.startsWith('<!--', open)) {
      at = after(lower, '-->', open);
      continue;
    }
    const end = after(lower, '>', open);
    const name = /^<\/?([a-z][a-z0-9]{0,15})/.exec(lower.slice(open, open + 20))?.[1] ?? '';
    if (blocks.has(name)) text += '\n';
    if (name === 'a') hrefs.push(...hrefIn(html.slice(open, end)));
    at = unread.has(name) && lower[open + 1] !== '/' ? after(lower, `</${name}`, end) : end;
  }
  return { text: decoded(text + html.slice(at)), hrefs };
}

function after(lower: string, mark: string, from: number): number {
  const found = lower.indexOf(mark, from);
  return found === -1 ? lower.length : found + mark.length;
}

function hrefIn(tag: string): string[] {
  const [, double, single, bare] =
    /\shref\s{0,9}=\s{0,9}(?:"([^"]{1,4000})"|'([^']{1,4000})'|([^\s"'>]{1,4000}))/i.exec(tag) ?? [];
  const href = double ?? single ?? bare;
  return href === undefined ? [] : [decoded(href).trim()];
}

function decoded(text: string): string {
  return text.replaceAll(
    /&(#x[0-9a-f]{1,6}|#[0-9]{1,7}|[a-z]{2,6});/gi,
    (entity, name: string) => character(name) ?? entity,
  );
}

function character(name: string): string | undefined {
  if (!name.startsWith('#')) return entities[name.toLowerCase()];
  const hex = name.charAt(1).toLowerCase() === 'x';
  const code = Number.parseInt(name.slice(hex ? 2 : 1), hex ? 16 : 10);
  return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : undefined;
}
