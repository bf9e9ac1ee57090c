import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

import { onTestFinished } from 'vitest';

import { blueprintSettingsSchema } from '../../../src/config/blueprint-settings.ts';
import { parseWebhookPayload, webhookContract } from '../../../src/blueprint/webhook-contract.ts';
import type { WebhookPayload } from '../../../src/blueprint/webhook-contract.ts';

/** One request as it came, and what it was answered. */
export interface ReceivedCall {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** Undefined until it is answered. */
  status: number | undefined;
}

/** Where OpenCX would listen. */
export interface WebhookServer {
  readonly url: string;
  readonly calls: ReceivedCall[];
  /** What the next calls are answered, in order, and when; after them, and from the start, it is 200. */
  readonly answers: (number | Promise<number>)[];
  /** Every call so far as its payload. @throws ZodError for one that breaks the contract */
  payloads(): WebhookPayload[];
}

const contract = webhookContract(blueprintSettingsSchema.parse({}).contract);

export function payloadOf(call: ReceivedCall): WebhookPayload {
  return parseWebhookPayload(contract, JSON.parse(call.text));
}

/** A real HTTP server on loopback, in this process, until the story ends. */
export async function webhookServer(): Promise<WebhookServer> {
  const calls: ReceivedCall[] = [];
  const answers: WebhookServer['answers'] = [];
  const note = async (request: IncomingMessage): Promise<number> => {
    const text = (await buffer(request)).toString();
    const call: ReceivedCall = { method: request.method ?? '', headers: request.headers, text, status: undefined };
    calls.push(call);
    const status = await (answers.shift() ?? 200);
    call.status = status;
    return status;
  };
  const server = createServer((request, response) => {
    void note(request).then((status) => response.writeHead(status).end());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/webhooks/salesforce`,
    calls,
    answers,
    payloads: () => calls.map(payloadOf),
  };
}
