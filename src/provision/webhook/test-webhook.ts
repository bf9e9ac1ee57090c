import { randomUUID } from 'node:crypto';

import { connectionTestApex, connectionTestMark } from '../../blueprint/connection-test.ts';
import type { WebhookContract } from '../../blueprint/webhook-contract.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import type { Org } from '../../salesforce/org.ts';

/** What the org was answered when it called the webhook. */
export interface WebhookTest {
  /** In the payload, to find the call again on the other side. */
  deliveryId: string;
  /** Undefined if no answer came. */
  statusCode: number | undefined;
  /** The reason phrase, or why no answer came, in Salesforce's words. */
  detail: string;
  reached: boolean;
}

interface AnonymousAnswer {
  compiled: boolean;
  compileProblem: string | null;
  exceptionMessage: string | null;
}

/**
 * Lets the org itself post a test event to its webhook, so that what is tested is the way that events take. Nothing is
 * saved in the org. Needs the permission Author Apex.
 * @param setting API name of the custom setting with the secret, where calls are signed
 * @throws OpencxError of the request; ORG_UNEXPECTED_ANSWER if the Apex did not run
 */
export async function testWebhook(
  org: Org,
  namedCredential: string,
  contract: WebhookContract,
  setting?: string,
): Promise<WebhookTest> {
  const deliveryId = `test-${randomUUID()}`;
  const body = encodeURIComponent(connectionTestApex(namedCredential, contract, deliveryId, setting));
  const answer = await org.rest<AnonymousAnswer>(
    'GET',
    `/tooling/executeAnonymous/?anonymousBody=${body}`,
    'calling the webhook from the org',
  );
  if (!answer.compiled) {
    throw new OpencxError('ORG_UNEXPECTED_ANSWER', {
      message: `The org does not run the test: ${answer.compileProblem ?? 'it does not say why'}`,
    });
  }
  const message = answer.exceptionMessage ?? '';
  const [, code, detail = ''] = new RegExp(`${connectionTestMark}(\\d{3}) ?(.*)$`, 's').exec(message) ?? [];
  if (code === undefined) return { deliveryId, statusCode: undefined, detail: message, reached: false };
  const statusCode = Number(code);
  return { deliveryId, statusCode, detail, reached: statusCode >= 200 && statusCode < 300 };
}
