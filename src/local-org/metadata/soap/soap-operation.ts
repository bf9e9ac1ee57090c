import type { Session } from '../../http/route.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { XmlElement } from '../xml/xml-element.ts';
import type { XmlValue } from '../xml/write-xml.ts';

/** One call of the SOAP Metadata API, its session known. */
export interface OperationCall {
  readonly org: OrgState;
  readonly session: Session;
  /** The operation's element with its arguments as children. */
  readonly element: XmlElement;
  /** API version of the endpoint, e.g. `68.0`. */
  readonly version: string;
  /** Text of the `ZipFile` argument, which is not in the element. */
  readonly zipFile: string | undefined;
}

/**
 * Answers one operation with the value of its `result` element; a list repeats the element, and an empty one leaves it
 * out. Throws MetadataFault for what Salesforce answers with a fault.
 */
export type SoapOperation = (call: OperationCall) => XmlValue | Promise<XmlValue>;
