import { metadataNamespace } from '../types/metadata-type.ts';
import { childOf, childText, XmlSyntaxError } from '../xml/xml-element.ts';
import type { XmlElement } from '../xml/xml-element.ts';
import { escapeXml } from '../xml/entities.ts';
import { parseXml } from '../xml/parse-xml.ts';

const soapNamespace = 'http://schemas.xmlsoap.org/soap/envelope/';

/** A SOAP fault. `code` carries its prefix: `sf:` for Salesforce's own, `soapenv:Client` for what is no request. */
export class SoapFault extends Error {
  override readonly name = 'SoapFault';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export interface SoapCall {
  /** Text of SessionHeader's sessionId; undefined where there is none. */
  readonly sessionId: string | undefined;
  /** The envelope's header; undefined where there is none. */
  readonly header: XmlElement | undefined;
  /** The one element of the body. Its `ZipFile`, if there is one, is empty here. */
  readonly operation: XmlElement;
  /** Text of the operation's `ZipFile` element. */
  readonly zipFile: string | undefined;
}

/**
 * Reads a SOAP 1.1 request.
 * @throws SoapFault soapenv:Client
 */
export function readSoapCall(text: string): SoapCall {
  const { zipFile, rest } = takeZipFile(text);
  const envelope = parseEnvelope(rest);
  const body = childOf(envelope, 'Body');
  const operation = body?.children[0];
  if (envelope.name !== 'Envelope' || envelope.namespace !== soapNamespace || body === undefined) {
    throw new SoapFault('soapenv:Client', 'The request is not a SOAP 1.1 envelope with a body');
  }
  if (operation === undefined) throw new SoapFault('soapenv:Client', 'The SOAP body holds no operation');
  const header = childOf(envelope, 'Header');
  const session = header === undefined ? undefined : childOf(header, 'SessionHeader');
  const sessionId = session === undefined ? undefined : childText(session, 'sessionId');
  return { sessionId: sessionId === '' ? undefined : sessionId, header, operation, zipFile };
}

/**
 * Takes the text of the `ZipFile` element out before the rest is parsed: up to 50 MB of base64 that an XML parser would
 * walk through letter by letter, at forty times its size in memory.
 */
function takeZipFile(text: string): { zipFile: string | undefined; rest: string } {
  const start = /<(?:[\w.-]+:)?ZipFile(?:\s[^<>]*)?>/.exec(text);
  if (start === null || start[0].endsWith('/>')) return { zipFile: undefined, rest: text };
  const begin = start.index + start[0].length;
  const end = text.indexOf('<', begin);
  if (end < 0) return { zipFile: undefined, rest: text };
  return { zipFile: text.slice(begin, end), rest: text.slice(0, begin) + text.slice(end) };
}

function parseEnvelope(text: string): XmlElement {
  try {
    return parseXml(text);
  } catch (error) {
    if (!(error instanceof XmlSyntaxError)) throw error;
    throw new SoapFault('soapenv:Client', `Error at line ${error.line}, column ${error.column}: ${error.message}`);
  }
}

/** What an answer consists of, as XML. */
export interface SoapAnswer {
  /** Of the API that answers. */
  readonly namespace: string;
  /** The operation that was called. */
  readonly operation: string;
  /** The operation's results. */
  readonly results: string;
  readonly header?: string | undefined;
}

/**
 * An answer. The literal prefix `soapenv` with unprefixed children is what all known clients read; a default namespace
 * on the envelope itself is what some do not.
 */
export function soapResponse({ namespace, operation, results, header }: SoapAnswer): string {
  const head = header === undefined ? '' : `<soapenv:Header>${header}</soapenv:Header>`;
  const body = `<${operation}Response xmlns="${namespace}">${results}</${operation}Response>`;
  return envelope(`${head}<soapenv:Body>${body}</soapenv:Body>`, namespace);
}

/** A fault, to be sent with status 500: the official CLI looks for `sf:INVALID_SESSION_ID` with exactly that. */
export function soapFault({ code, message }: SoapFault, namespace = metadataNamespace): string {
  const fault = `<faultcode>${escapeXml(code)}</faultcode><faultstring>${escapeXml(message)}</faultstring>`;
  return envelope(`<soapenv:Body><soapenv:Fault>${fault}</soapenv:Fault></soapenv:Body>`, namespace);
}

function envelope(content: string, namespace: string): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    `<soapenv:Envelope xmlns:soapenv="${soapNamespace}" xmlns:sf="${namespace}"` +
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">' +
    `${content}</soapenv:Envelope>`
  );
}
