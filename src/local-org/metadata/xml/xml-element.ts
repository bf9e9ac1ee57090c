/** One element of a parsed document, with the place it was read from. */
export interface XmlElement {
  /** Local name, without a prefix. */
  readonly name: string;
  /** Namespace URI the name is bound to; empty where none is in force. */
  readonly namespace: string;
  /** Attributes by the name they were written with; `xmlns` declarations are not among them. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Text and CDATA of this element alone, entities decoded, not trimmed. */
  readonly text: string;
  /** The element as it was written, tags included. */
  readonly source: string;
  /** 1-based line of the end of the start tag: where Salesforce's pull parser stands when it reports an element. */
  readonly line: number;
  /** 1-based column right after the start tag. */
  readonly column: number;
}

/** A document that is not well-formed, or not allowed. */
export class XmlSyntaxError extends Error {
  override readonly name = 'XmlSyntaxError';
  readonly line: number;
  readonly column: number;

  constructor(message: string, line: number, column: number) {
    super(message);
    this.line = line;
    this.column = column;
  }
}

/** The first child of that name, whatever its namespace. */
export function childOf(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((child) => child.name === name);
}

/** All children of that name, in order. */
export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

/** Trimmed text of the first child of that name; undefined where there is no such child. */
export function childText(element: XmlElement, name: string): string | undefined {
  return childOf(element, name)?.text.trim();
}

/** Whether `xsi:nil="true"` stands on it (any prefix). */
export function isNil(element: XmlElement): boolean {
  return [...element.attributes].some(([name, value]) => /(^|:)nil$/.test(name) && (value === 'true' || value === '1'));
}
