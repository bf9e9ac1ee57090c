import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';

import { z } from 'zod';

import { exitCodes } from '../../errors/exit-codes.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import { fireAgain } from '../../handoff/fixtures/fire-again.ts';
import { fixtureBody, fixtureOrganizationId } from '../../handoff/fixtures/fixture-body.ts';
import { readFixture } from '../../handoff/fixtures/saved-fixtures.ts';
import { editBody, readBodyEdit } from '../../handoff/replay/edit-body.ts';
import { packageVersion } from '../../version.ts';
import type { CommandContext } from '../command-context.ts';
import type { CommandResult } from '../command-result.ts';
import { readEventName } from '../serve/wish/event-name.ts';
import { askRunning, type RunningAnswer } from '../serve/ask-running.ts';
import { findRunningServe, type RunningServeFile } from '../serve/running-serve.ts';
import { signingSecrets } from '../serve/secrets/serve-secrets.ts';
import { fixturesFolder, storePlace } from '../serve/store-place.ts';
import { eventContract } from './event-contract.ts';
import type { EventsTriggerFlags } from './flags.ts';
import type { EventsTriggerResult } from './result-schema.ts';
import { signWebhook } from './sign-webhook.ts';

const answerSchema = z.looseObject({ id: z.string() });

/** `events trigger`: posts an example, or what was saved in the inspector, to the serve that runs, by the door that Salesforce uses. */
export async function eventsTriggerHandler(
  context: CommandContext,
  flags: EventsTriggerFlags,
): Promise<CommandResult<EventsTriggerResult>> {
  const edits = (flags.set ?? []).map(readBodyEdit);
  const contract = await eventContract(context, flags);
  const occurredAt = new Date(context.clock.now()).toISOString();
  const envelope = { deliveryId: randomUUID(), occurredAt, organizationId: fixtureOrganizationId };
  const saved = await readFixture(fixturesFolder(context.cwd), flags.fixture);
  const unedited =
    saved === undefined
      ? fixtureBody(contract, readEventName(contract, flags.fixture, 'The argument'), envelope)
      : fireAgain(contract, saved.body, envelope);
  const body = editBody(unedited, edits) as Record<string, unknown>;
  const place = storePlace(context, flags);
  const running = await findRunningServe(place);
  if (running === undefined) {
    throw new OpencxError('SERVE_UNAVAILABLE', {
      message: `No serve works on ${place.shown}.`,
      nextSteps: ['Start one in another terminal: opencx-sf serve --forward-to http://localhost:3000/webhooks'],
    });
  }
  context.terminal.redactor.addSecret(running.webhookUrl);
  const json = JSON.stringify(body);
  const answer = await post(running, json, await signature(context, flags, json), context.signal);
  const result: EventsTriggerResult = {
    id: answer.id,
    event: String(body[contract.keys['event'] ?? 'event']),
    deliveryId: String(body[contract.keys['deliveryId'] ?? 'deliveryId']),
    status: answer.status,
  };
  const text = `✓ ${result.event} was taken (${answer.status}) as ${result.id}: opencx-sf events show ${result.id}`;
  return { status: 'ok', exitCode: exitCodes.done, result, warnings: [], text };
}

async function signature(
  { clock, cwd, terminal }: CommandContext,
  { webhookSecretFile: file }: EventsTriggerFlags,
  body: string,
): Promise<Record<string, string>> {
  if (file === undefined) return {};
  const [secret = ''] = await signingSecrets(resolve(cwd, file));
  terminal.redactor.addSecret(secret);
  return signWebhook(secret, body, clock.now());
}

/** @throws OpencxError NOT_DELIVERED with the answer, or NETWORK */
async function post(
  { webhookUrl, certificate }: RunningServeFile,
  body: string,
  signed: Record<string, string>,
  signal: AbortSignal,
): Promise<{ id: string; status: number }> {
  let answer: RunningAnswer;
  try {
    const headers = {
      'content-type': 'application/json; charset=UTF-8',
      'user-agent': `opencx-sf/${packageVersion()}`,
      ...signed,
    };
    answer = await askRunning(webhookUrl, certificate, { method: 'POST', headers, body, signal });
  } catch (error) {
    throw new OpencxError('NETWORK', {
      message: `serve did not answer: ${error instanceof Error ? error.message : String(error)}`,
      cause: error,
    });
  }
  const { status, text } = answer;
  if (status === 202) return { status, ...answerSchema.parse(JSON.parse(text)) };
  throw new OpencxError('NOT_DELIVERED', {
    message: `serve answered ${status}: ${text.slice(0, 1000)}`,
    details: { status },
    nextSteps: ['opencx-sf events list --rejected tells why calls were refused.'],
  });
}
