import { createSocket, type RemoteInfo } from 'node:dgram';
import { once } from 'node:events';

/** What the server knows of a name, or how it fails. A name that is not there is NXDOMAIN, a type that is not NODATA. */
export interface ZoneName {
  /** A record is a text, or the strings it is cut into. */
  TXT?: readonly (string | readonly string[])[];
  CNAME?: string;
  MX?: readonly (readonly [priority: number, exchange: string])[];
  fails?: 'SERVFAIL' | 'REFUSED' | 'silent';
}

export type Zone = Record<string, ZoneName>;

export interface DnsServer {
  /** `ip:port`. */
  address: string;
  /** `TYPE name` of every question, in order. */
  asked: string[];
  close(): Promise<void>;
}

const types = { 5: 'CNAME', 15: 'MX', 16: 'TXT' } as const;
const typeNumbers = { CNAME: 5, MX: 15, TXT: 16 } as const;
const responseCodes = { SERVFAIL: 2, REFUSED: 5, NXDOMAIN: 3 } as const;

/** A DNS server on UDP loopback (RFC 1035 §4), as much of one as a mail look-up asks. */
export async function startDnsServer(zone: Zone): Promise<DnsServer> {
  const socket = createSocket('udp4');
  const asked: string[] = [];
  socket.on('message', (query: Buffer, from: RemoteInfo) => {
    const { name, type, end } = readQuestion(query);
    asked.push(`${type} ${name}`);
    const entry = zone[name];
    if (entry?.fails === 'silent') return;
    const code = entry === undefined ? 'NXDOMAIN' : entry.fails;
    const answers = entry === undefined || code !== undefined ? [] : recordsOf(zone, name, type);
    const header = Buffer.alloc(12);
    query.copy(header, 0, 0, 2);
    header.writeUInt16BE(0x8180 | (code === undefined ? 0 : responseCodes[code]), 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(answers.length, 6);
    socket.send(Buffer.concat([header, query.subarray(12, end), ...answers]), from.port, from.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked,
    close: async () => {
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
}

function readQuestion(query: Buffer): { name: string; type: keyof typeof typeNumbers; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  const type = types[query.readUInt16BE(at + 1) as keyof typeof types];
  return { name: labels.join('.').toLowerCase(), type, end: at + 5 };
}

/** As a resolver answers: a CNAME record stands before what its target has. */
function recordsOf(zone: Zone, name: string, type: keyof typeof typeNumbers): Buffer[] {
  const entry = zone[name];
  if (entry?.CNAME !== undefined) {
    const alias = record(name, 'CNAME', encodeName(entry.CNAME));
    return type === 'CNAME' ? [alias] : [alias, ...recordsOf(zone, entry.CNAME.toLowerCase(), type)];
  }
  if (type === 'TXT') return (entry?.TXT ?? []).map((text) => record(name, 'TXT', encodeStrings(text)));
  if (type === 'MX') {
    return (entry?.MX ?? []).map(([priority, exchange]) => {
      const head = Buffer.alloc(2);
      head.writeUInt16BE(priority);
      return record(name, 'MX', Buffer.concat([head, encodeName(exchange)]));
    });
  }
  return [];
}

function record(name: string, type: keyof typeof typeNumbers, data: Buffer): Buffer {
  const head = Buffer.alloc(10);
  head.writeUInt16BE(typeNumbers[type], 0);
  head.writeUInt16BE(1, 2);
  head.writeUInt32BE(60, 4);
  head.writeUInt16BE(data.length, 8);
  return Buffer.concat([encodeName(name), head, data]);
}

function encodeName(name: string): Buffer {
  const labels = name.split('.').filter(Boolean);
  return Buffer.concat([...labels.map((label) => encodeString(label)), Buffer.from([0])]);
}

function encodeStrings(text: string | readonly string[]): Buffer {
  return Buffer.concat([text].flat().map((part) => encodeString(part)));
}

function encodeString(text: string): Buffer {
  const bytes = Buffer.from(text, 'latin1');
  return Buffer.concat([Buffer.from([bytes.length]), bytes]);
}
