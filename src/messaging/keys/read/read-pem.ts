import { repairText, type PemRemark } from './pem-repairs.ts';

export type PemKind = 'private' | 'public' | 'certificate';

/** A PEM block as it was meant: five hyphens, lines of 64 characters, LF. */
export interface PemBlock {
  /** E.g. `PRIVATE KEY`. */
  label: string;
  pem: string;
  /** Differences between the text and the block. */
  remarks: PemRemark[];
}

/**
 * What a text turned out to be; a problem reads after the file's name and never holds a part of the text. Header lines are told
 * without their hyphens: with them, the redactor would take the sentence for a private key.
 */
export type Reading<T> = ({ problem?: never } & T) | { problem: string };

const wanted: Record<PemKind, readonly string[]> = {
  private: ['PRIVATE KEY', 'ENCRYPTED PRIVATE KEY', 'RSA PRIVATE KEY'],
  public: ['PUBLIC KEY', 'RSA PUBLIC KEY'],
  certificate: ['CERTIFICATE', 'X509 CERTIFICATE'],
};

const blockShape = /-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)(?:-----END ([A-Z0-9 ]+)-----|(?=-----BEGIN )|$)/g;
const lineLength = 64;

/**
 * Finds the PEM block of a kind in a text, with whatever copying has done to it undone and told.
 * @param text of a file or a paste
 */
export function readPem(text: string, kind: PemKind): Reading<PemBlock> {
  if (text.trim() === '') return { problem: 'is empty.' };
  if (text.includes('\0'))
    return { problem: 'is no text in UTF-8; Windows may have saved it as UTF-16, or it is DER.' };
  const { text: repaired, remarks } = repairText(text);
  const blocks = [...repaired.matchAll(blockShape)];
  if (blocks.length === 0) return readBare(repaired, kind, remarks);
  const block = blocks.find(([, label = '']) => wanted[kind].includes(label));
  if (block === undefined) return { problem: mistakenFor(blocks[0]?.[1] ?? '', kind) };
  const [whole, label = '', body = '', end] = block;
  if (end === undefined) remarks.push({ id: 'missing-last-line', text: `lacks its last line (END ${label})` });
  else if (end !== label) remarks.push({ id: 'different-header-lines', text: `begins as ${label} and ends as ${end}` });
  if (repaired.replace(whole, '').trim() !== '') remarks.push(besides(blocks, kind));
  if (!/\n\s*$/.test(repaired)) remarks.push({ id: 'no-final-line-end', text: 'has no line end behind its last line' });
  return finish(label, body, remarks);
}

function besides(blocks: readonly RegExpMatchArray[], kind: PemKind): PemRemark {
  const hasPrivate = kind !== 'private' && blocks.some(([, label = '']) => label.endsWith('PRIVATE KEY'));
  if (!hasPrivate) return { id: 'other-text', text: 'holds other text beside what it is for' };
  return {
    id: 'private-key-inside',
    text: 'holds a private key too, which must be in no file that is given away',
    grave: true,
  };
}

/** Base64 alone: the header lines were not copied. */
function readBare(text: string, kind: PemKind, remarks: PemRemark[]): Reading<PemBlock> {
  const label = wanted[kind][0] ?? '';
  if (!/^[A-Za-z0-9+/=\s]{128,}$/.test(text)) return { problem: `is no PEM file: it has no line BEGIN ${label}.` };
  const lines = {
    id: 'missing-header-lines',
    text: `lacks its first and last line (BEGIN and END ${label})`,
  };
  return finish(label, text, [...remarks, lines]);
}

function finish(label: string, body: string, remarks: PemRemark[]): Reading<PemBlock> {
  // RFC 1421 headers, as OpenSSL's old way to encrypt has them: lines with a colon, then an empty one.
  const headers = /^\s*((?:[A-Za-z-]+: .*\n)+)\s*\n/.exec(body)?.[1] ?? '';
  const lines = body.slice(body.indexOf(headers) + headers.length).trim();
  const base64 = lines.replaceAll(/\s+/g, '');
  if (/[^\S\n]/.test(lines)) remarks.push({ id: 'pasted-spaces', text: 'has spaces inside its lines' });
  if (/[^A-Za-z0-9+/=]/.test(base64))
    return { problem: 'has characters between its first and last line that are not base64.' };
  const der = Buffer.from(base64, 'base64');
  const length = headers === '' ? derLength(der) : der.length;
  if (length === undefined) return { problem: 'does not hold a key or certificate: its base64 is not DER.' };
  if (length < der.length || /=[^=]/.test(base64)) {
    return { problem: 'holds more than one key or certificate between its first and last line.' };
  }
  if (length > der.length || base64.length % 4 !== 0)
    return { problem: 'is cut short: a part of its lines is missing.' };
  const folded = base64.match(new RegExp(`.{1,${lineLength}}`, 'g')) ?? [];
  const head = headers === '' ? '' : `${headers}\n`;
  const pem = `-----BEGIN ${label}-----\n${head}${folded.join('\n')}\n-----END ${label}-----\n`;
  const unique = [...new Map(remarks.map((remark) => [remark.id, remark])).values()];
  return { label, pem, remarks: unique };
}

/** Length of the outermost DER sequence, its own header included. */
function derLength(der: Buffer): number | undefined {
  const first = der[1] ?? 0;
  if (der[0] !== 0x30) return undefined;
  if (first < 0x80) return first + 2;
  const size = first & 0x7f;
  if (size < 1 || size > 4 || der.length < 2 + size) return undefined;
  return der.readUIntBE(2, size) + 2 + size;
}

function mistakenFor(label: string, kind: PemKind): string {
  const known: Record<string, string> = {
    CERTIFICATE: 'is a certificate',
    'PUBLIC KEY': 'is a public key',
    'RSA PUBLIC KEY': 'is a public key',
    'PRIVATE KEY': 'is a private key',
    'RSA PRIVATE KEY': 'is a private key',
    'ENCRYPTED PRIVATE KEY': 'is a private key',
    'OPENSSH PRIVATE KEY': 'is a private key in the format of OpenSSH (convert a copy: ssh-keygen -p -m PKCS8 -f FILE)',
    'EC PRIVATE KEY': 'is an elliptic-curve key, while Salesforce verifies RS256, which needs RSA',
    'CERTIFICATE REQUEST': 'is a request for a certificate',
  };
  const found = known[label] ?? `is a block of ${label.toLowerCase()}`;
  return `${found}; here the ${kind === 'certificate' ? 'certificate' : `${kind} key`} is needed.`;
}
