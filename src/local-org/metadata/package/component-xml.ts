import { checkElements } from '../elements/check-elements.ts';
import type { MetadataProblem } from '../elements/metadata-problem.ts';
import { readMetadataValue } from '../elements/metadata-value.ts';
import type { MetadataValue } from '../elements/metadata-value.ts';
import { metadataNamespace } from '../types/metadata-type.ts';
import { parseXml } from '../xml/parse-xml.ts';
import { XmlSyntaxError } from '../xml/xml-element.ts';
import type { XmlElement } from '../xml/xml-element.ts';

/** The value of a metadata file, checked against its type. `fullName` is not kept: the file's name is the name. */
export function readComponentXml(
  text: string,
  typeName: string,
): { value: MetadataValue } | { problem: MetadataProblem } {
  const read = readRootElement(text, typeName);
  if ('problem' in read) return read;
  const problem = checkElements(read.root, typeName);
  if (problem !== undefined) return { problem };
  const { fullName: _fullName, ...value } = readMetadataValue(read.root, typeName);
  return { value };
}

/** The root of a metadata file, well-formed and named as its type. */
export function readRootElement(text: string, typeName: string): { root: XmlElement } | { problem: MetadataProblem } {
  let root: XmlElement;
  try {
    root = parseXml(text);
  } catch (error) {
    if (!(error instanceof XmlSyntaxError)) throw error;
    return { problem: { message: `Error parsing file: ${error.message}`, line: error.line, column: error.column } };
  }
  if (root.name === typeName && root.namespace === metadataNamespace) return { root };
  const message = `Error parsing file: Unexpected element {${root.namespace}}${root.name}, expected {${metadataNamespace}}${typeName}`;
  return { problem: { message, line: root.line, column: root.column } };
}
