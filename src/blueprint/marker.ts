import { createHash } from 'node:crypto';

/** What a generated file says of itself. */
export interface Marker {
  /** Name of the template, e.g. `outbound-sender`. */
  template: string;
  /** Version of the template, raised when what it renders changes its meaning. */
  version: number;
  /** SHA-256 of the file without its markers, 64 hex digits. */
  hash: string;
}

const pattern = /opencx-sf template=([a-z0-9-]+) version=(\d+) sha256=([0-9a-f]{64})/;
const headerLine = /^(?:\/\/|<!--) opencx-sf template=.*\n/m;

/**
 * Where the marker goes inside a `<description>`. XML comments are lost when Salesforce stores metadata, descriptions
 * are kept: a retrieved component can still be recognised by its description.
 */
export const descriptionSlot = '[opencx-sf]';
const descriptionMarker = /\[opencx-sf template=[^\]]*\]/g;

/** SHA-256 (hex) of a generated text without its markers; equal before and after `withMarker`. */
export function contentHash(content: string): string {
  return createHash('sha256').update(withoutMarker(content), 'utf8').digest('hex');
}

/** A generated text as it was before {@link withMarker}. */
export function withoutMarker(content: string): string {
  return content.replace(headerLine, '').replaceAll(descriptionMarker, descriptionSlot);
}

/**
 * Puts the marker into a rendered text: as the first line of Apex, as a comment inside the root of XML (Salesforce's own
 * tools take whatever comes first after the declaration for the root), and into the description where the template left a slot.
 */
export function withMarker(content: string, template: string, version: number): { content: string; marker: Marker } {
  const marker = { template, version, hash: contentHash(content) };
  const text = `opencx-sf template=${template} version=${version} sha256=${marker.hash}`;
  const head = /^<\?xml[^>]*\?>\n<[^>]+>\n/.exec(content)?.[0];
  if (head === undefined) return { content: `// ${text}\n${content}`, marker };
  const body = content.slice(head.length).replaceAll(descriptionSlot, `[${text}]`);
  return { content: `${head}<!-- ${text} -->\n${body}`, marker };
}

/** The marker in a file or a description read back from an org; undefined in what this product did not write. */
export function readMarker(text: string): Marker | undefined {
  const [, template, version, hash] = pattern.exec(text) ?? [];
  if (template === undefined || version === undefined || hash === undefined) return undefined;
  return { template, version: Number(version), hash };
}

/**
 * Whether a marked text is still what was rendered. Salesforce hands Apex back as it was sent, line ends apart.
 * A description read alone cannot be checked this way: compare its `hash` with the blueprint's.
 */
export function isUntouched(text: string): boolean {
  const marker = readMarker(text);
  return marker !== undefined && contentHash(text.replaceAll('\r\n', '\n')) === marker.hash;
}
