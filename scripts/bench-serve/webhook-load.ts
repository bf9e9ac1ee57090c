// A process of its own that posts webhooks over so many connections, each as soon as the last one was answered, or as many a second as
// it is told; prints what it measured as JSON. Plain sockets: the load must cost less than what is measured, as both share the machine.
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

const [url = '', count = '10000', connections = '50', run = 'run', perSecond = '0'] = process.argv.slice(2);
const { hostname, port, pathname } = new URL(url);
const total = Number(count);
const cases = 500;

/** As Apex sends it, some 900 bytes: a mail of a Case. */
function bodyOf(nth: number): string {
  const caseId = `500${String(nth % cases).padStart(12, '0')}AAA`;
  return JSON.stringify({
    delivery_id: `${run}-${nth}`,
    contract_version: 1,
    event: 'case_email_received',
    occurred_at: '2026-11-29T12:00:00.000Z',
    organization_id: '00D000000000001AAA',
    case_id: caseId,
    case_number: String(1000 + (nth % cases)),
    case_subject: 'The printer burns',
    case_status: 'New',
    case_origin: 'Email',
    case_priority: 'Medium',
    case_from: null,
    case_owner_id: '005000000000001AAA',
    contact_id: null,
    contact_email: null,
    supplied_email: 'customer@example.com',
    supplied_name: 'A Customer',
    email_message_id: `02s${String(nth).padStart(12, '0')}AAA`,
    message_identifier: `<${nth}@example.com>`,
    thread_identifier: null,
    reply_to_email_message_id: null,
    subject: 'The printer burns',
    from_address: 'customer@example.com',
    from_name: 'A Customer',
    to_addresses: ['support@example.com'],
    cc_addresses: [],
    bcc_addresses: [],
    message_date: '2026-11-29T12:00:00.000Z',
    text_body: 'It burns, and it smells of plastic. What shall I do?',
    text_body_truncated: false,
    html_body: null,
    html_body_truncated: false,
    is_first_message: nth < cases,
    sent_by_id: '005000000000002AAA',
    attachments: [],
  });
}

const requests = Array.from({ length: total }, (_, nth) => {
  const body = Buffer.from(bodyOf(nth));
  const head = `POST ${pathname} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
});
const latencies = new Float64Array(total);
const refused: number[] = [];
let next = 0;

async function client(): Promise<void> {
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  await new Promise<void>((connected, failed) => {
    socket.once('connect', connected);
    socket.once('error', failed);
  });
  for (;;) {
    const nth = next;
    const request = requests[nth];
    if (request === undefined) break;
    next += 1;
    // With a rate each has its time, and what comes late for it was kept waiting: that counts.
    const due = Number(perSecond) === 0 ? performance.now() : begin + (nth / Number(perSecond)) * 1000;
    if (due > performance.now()) await delay(due - performance.now());
    const start = due;
    const answer = await new Promise<string>((answered, failed) => {
      let text = '';
      const read = (chunk: Buffer): void => {
        text += chunk.toString('latin1');
        const end = text.indexOf('\r\n\r\n');
        const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
        if (end === -1 || text.length < end + 4 + length) return;
        socket.off('data', read);
        socket.off('error', failed);
        answered(text);
      };
      socket.on('data', read);
      socket.once('error', failed);
      socket.write(request);
    });
    latencies[nth] = performance.now() - start;
    if (!answer.startsWith('HTTP/1.1 202')) refused.push(Number(answer.slice(9, 12)));
  }
  socket.end();
}

const begin = performance.now();
await Promise.all(Array.from({ length: Number(connections) }, client));
const seconds = (performance.now() - begin) / 1000;
const sorted = [...latencies].sort((a, b) => a - b);
const at = (part: number): number => sorted[Math.min(total - 1, Math.floor(total * part))] ?? Number.NaN;
console.log(
  JSON.stringify({
    perSecond: total / seconds,
    p50: at(0.5),
    p99: at(0.99),
    worst: sorted.at(-1),
    refused: refused.length,
  }),
);
