import { metadataNamespace } from '../types/metadata-type.ts';
import { elementsOf, enumValues } from '../types/element-schema.ts';
import type { ElementSchema } from '../types/element-schema.ts';
import { isNil } from '../xml/xml-element.ts';
import type { XmlElement } from '../xml/xml-element.ts';
import type { MetadataProblem } from './metadata-problem.ts';

/**
 * Checks the children of an element against a metadata type of the WSDL. Salesforce stops at the first thing it cannot
 * read in a file, so at most one problem comes out.
 */
export function checkElements(element: XmlElement, typeName: string): MetadataProblem | undefined {
  const schema = elementsOf(typeName);
  if (schema === undefined) throw new Error(`The local org has no element table for ${typeName}`);
  const seen = new Set<string>();
  let previous = '';
  for (const child of element.children) {
    const allowed = child.namespace === metadataNamespace ? schema.get(child.name) : undefined;
    if (allowed === undefined) {
      return at(child, invalidAt(qualified(child), typeName));
    }
    // Repeated elements must stand together: a second group of them counts as a duplicate too.
    if (seen.has(child.name) && (!allowed.many || previous !== child.name)) {
      return at(child, `Error parsing file: Element ${child.name} is duplicated at this location in type ${typeName}`);
    }
    seen.add(child.name);
    previous = child.name;
    const problem = checkContent(child, allowed);
    if (problem !== undefined) return problem;
  }
  for (const wanted of schema.values()) {
    if (wanted.required && !hasValue(element, wanted)) return at(element, `Required field is missing: ${wanted.name}`);
  }
  return undefined;
}

/** The sentence about an element that a type does not have, here because the API version is older than the element. */
export function invalidElement(name: string, typeName: string): string {
  return invalidAt(`{${metadataNamespace}}${name}`, typeName);
}

function invalidAt(element: string, typeName: string): string {
  return `Error parsing file: Element ${element} invalid at this location in type ${typeName}`;
}

function checkContent(element: XmlElement, schema: ElementSchema): MetadataProblem | undefined {
  if (schema.kind === 'complex') return checkElements(element, schema.type);
  const inner = element.children[0];
  if (inner !== undefined) {
    return at(inner, `Error parsing file: Unexpected element ${qualified(inner)} during simple type deserialization`);
  }
  const text = element.text.trim();
  // An empty element stands for no value, whatever its type.
  if (text === '' || isNil(element)) return undefined;
  if (schema.kind === 'enum' && !enumValues(schema.type).includes(text)) {
    return at(element, `Error parsing file: '${text}' is not a valid value for the enum '${schema.type}'`);
  }
  if (schema.kind === 'boolean' && !/^(true|false|0|1)$/.test(text)) {
    return at(element, `Error parsing file: '${text}' is not a valid value for the type xsd:boolean`);
  }
  if (schema.kind === 'number' && !/^[+-]?\d+(\.\d+)?$/.test(text)) {
    return at(element, `Error parsing file: '${text}' is not a valid value for the type ${numberType(schema)}`);
  }
  return undefined;
}

/** The WSDL's types tell int from double, the generated ones do not; only versions are doubles in the supported types. */
function numberType(schema: ElementSchema): string {
  return schema.name === 'apiVersion' ? 'xsd:double' : 'xsd:int';
}

function hasValue(element: XmlElement, wanted: ElementSchema): boolean {
  return element.children.some(
    (child) => child.name === wanted.name && !isNil(child) && (child.children.length > 0 || child.text.trim() !== ''),
  );
}

function qualified(element: XmlElement): string {
  return element.namespace === '' ? element.name : `{${element.namespace}}${element.name}`;
}

function at(element: XmlElement, message: string): MetadataProblem {
  return { message, line: element.line, column: element.column };
}
