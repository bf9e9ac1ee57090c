import { Agent, request } from 'node:http';

import type { FuzzRequest } from './requests.ts';

export interface FuzzAnswer {
  readonly status: number;
  readonly contentType: string;
  /** Empty of an event stream, which is left at once. */
  readonly body: string;
}

/** Sends requests as they are, where `fetch` would mend or refuse them. */
export function sender(port: number): { send(made: FuzzRequest): Promise<FuzzAnswer>; close(): void } {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    send: ({ method, target, headers, body }) =>
      new Promise((resolve, reject) => {
        const asked = request(
          { agent, host: '127.0.0.1', port, method, path: target, headers: { ...headers, ...lengthOf(body) } },
          (answer) => {
            const status = answer.statusCode ?? 0;
            const contentType = answer.headers['content-type'] ?? '';
            if (contentType.startsWith('text/event-stream')) {
              asked.destroy();
              resolve({ status, contentType, body: '' });
              return;
            }
            answer.setEncoding('utf8');
            let text = '';
            answer.on('data', (data: string) => (text += data));
            answer.on('error', reject);
            answer.on('end', () => resolve({ status, contentType, body: text }));
          },
        );
        asked.on('error', reject);
        asked.end(body);
      }),
    close: () => agent.destroy(),
  };
}

function lengthOf(body: Buffer | undefined): Record<string, number> {
  return body === undefined ? {} : { 'content-length': body.length };
}
