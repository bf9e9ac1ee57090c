import { XMLParser, XMLValidator } from 'fast-xml-parser';

import { decodeEntities } from './entities.ts';
import { LineIndex } from './line-index.ts';
import { XmlSyntaxError } from './xml-element.ts';
import type { XmlElement } from './xml-element.ts';

/** Far above what any metadata nests; keeps hostile documents from exhausting the stack. */
const maxDepth = 64;

const metaData = XMLParser.getMetaDataSymbol() as symbol;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  captureMetaData: true,
  cdataPropName: '#cdata',
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: maxDepth,
});

type RawNode = Record<string | symbol, unknown>;

interface Scope {
  readonly text: string;
  readonly lines: LineIndex;
  /** Namespace URI by prefix; the empty prefix is the default namespace. */
  readonly namespaces: ReadonlyMap<string, string>;
}

/**
 * Parses one XML document. Entities other than the five predefined ones and character references are refused, and so
 * is a document type declaration: Salesforce takes neither, and nothing is ever expanded.
 *
 * @throws XmlSyntaxError with line and column where the text is not a well-formed document
 */
export function parseXml(text: string): XmlElement {
  const lines = new LineIndex(text);
  refuseWhatParsersLetPass(text, lines);
  const verdict = XMLValidator.validate(text);
  if (verdict !== true) {
    throw new XmlSyntaxError(verdict.err.msg, verdict.err.line, verdict.err.col ?? 1);
  }
  const root = readNodes(text).find((node) => isElement(node));
  if (root === undefined) throw new XmlSyntaxError('Premature end of file.', 1, 1);
  const element = toElement(root, {
    text,
    lines,
    namespaces: new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]),
  });
  const after = text.slice(rangeOf(root).end);
  if (after.replaceAll(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>/g, '').trim() !== '') {
    const place = lines.at(rangeOf(root).end);
    throw new XmlSyntaxError('Content is not allowed in trailing section.', place.line, place.column);
  }
  return element;
}

function readNodes(text: string): RawNode[] {
  try {
    return parser.parse(text) as RawNode[];
  } catch (error) {
    // The parser's own guards (nesting, reserved names) know no position.
    throw new XmlSyntaxError(error instanceof Error ? error.message : String(error), 1, 1);
  }
}

function refuseWhatParsersLetPass(text: string, lines: LineIndex): void {
  const prolog = text.slice(0, text.search(/<[A-Za-z_]/) + 1 || text.length).replaceAll(/<!--[\s\S]*?-->/g, '');
  if (prolog.includes('<!DOCTYPE')) {
    throw new XmlSyntaxError('DOCTYPE is not allowed.', 1, 1);
  }
  // Not XML characters; no parser here looks at them.
  // oxlint-disable-next-line no-control-regex -- finding control characters is what this line is for
  const control = text.search(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/);
  if (control >= 0) {
    const place = lines.at(control);
    const code = text.charCodeAt(control).toString(16);
    throw new XmlSyntaxError(
      `An invalid XML character (Unicode: 0x${code}) was found in the element content of the document.`,
      place.line,
      place.column,
    );
  }
}

function isElement(node: RawNode): boolean {
  return node[metaData] !== undefined;
}

function rangeOf(node: RawNode): { start: number; end: number } {
  const meta = node[metaData] as { startIndex: number; endIndex: number };
  return { start: meta.startIndex, end: meta.endIndex };
}

function toElement(node: RawNode, scope: Scope): XmlElement {
  const { start, end } = rangeOf(node);
  const source = scope.text.slice(start, end);
  // The parser renames tags like <toString>; the text itself does not lie.
  const qualifiedName = /^<([^\s/>]+)/.exec(source)?.[1] ?? '';
  const place = scope.lines.at(start + startTagLength(source));
  const fail = (message: string): never => {
    throw new XmlSyntaxError(message, place.line, place.column);
  };

  const attributes = new Map<string, string>();
  const namespaces = new Map(scope.namespaces);
  for (const [name, value] of Object.entries((node[':@'] ?? {}) as Record<string, string>)) {
    const decoded = decodeEntities(value, fail);
    if (name === 'xmlns') namespaces.set('', decoded);
    else if (name.startsWith('xmlns:')) namespaces.set(name.slice('xmlns:'.length), decoded);
    else attributes.set(name, decoded);
  }

  const colon = qualifiedName.indexOf(':');
  const prefix = colon < 0 ? '' : qualifiedName.slice(0, colon);
  const namespace = namespaces.get(prefix);
  if (namespace === undefined && prefix !== '') {
    fail(`The prefix "${prefix}" for element "${qualifiedName}" is not bound.`);
  }

  const content = Object.entries(node).find(([key]) => key !== ':@')?.[1];
  const children: XmlElement[] = [];
  let text = '';
  for (const child of Array.isArray(content) ? (content as RawNode[]) : []) {
    if (isElement(child)) children.push(toElement(child, { ...scope, namespaces }));
    else if (typeof child['#text'] === 'string') text += decodeEntities(child['#text'], fail);
    else if (Array.isArray(child['#cdata'])) {
      text += (child['#cdata'] as RawNode[])
        .map((part) => (typeof part['#text'] === 'string' ? part['#text'] : ''))
        .join('');
    }
  }
  const name = colon < 0 ? qualifiedName : qualifiedName.slice(colon + 1);
  return { name, namespace: namespace ?? '', attributes, children, text, source, ...place };
}

/** Characters up to and including the `>` of the start tag; a `>` inside an attribute value does not end it. */
function startTagLength(source: string): number {
  return /^<[^\s/>]+(?:\s+[^\s=/>]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*\/?>/.exec(source)?.[0].length ?? source.length;
}
