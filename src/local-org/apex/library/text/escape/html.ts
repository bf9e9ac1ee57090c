import { html3Entities, html4Entities } from './html-entities.ts';
import { unescapeEntities } from './xml.ts';

type HtmlVersion = 3 | 4;
const characters = { 3: html3Entities, 4: html4Entities } as const;
const entities = { 3: inverse(html3Entities), 4: inverse(html4Entities) } as const;

function inverse(names: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map(Array.from(names, ([name, char]) => [char, `&${name};`]));
}

/** Every character that has a named entity; the apostrophe has none. */
export function escapeHtml(text: string, version: HtmlVersion): string {
  return text.replaceAll(/[^ !#-%'-;=?-~]/g, (char) => entities[version].get(char) ?? char);
}

/** Entities by name and by number; unknown ones stay. */
export function unescapeHtml(text: string, version: HtmlVersion): string {
  return unescapeEntities(text, characters[version]);
}
