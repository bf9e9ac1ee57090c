import { expect } from 'vitest';
import type { z } from 'zod';

import { envelopeSchema } from '../../../src/commands/envelope-schema.ts';
import { eventsListResultSchema, eventsTriggerResultSchema } from '../../../src/commands/events/result-schema.ts';
import { openFarSide, type FarSide } from '../../handoff/far-side.ts';
import { temporaryFolder, type CliRun } from '../cli.ts';
import { ownPlace, startServe, type ServeProcess } from './serve-process.ts';

/** One document of the published shape. */
export function resultOf(run: CliRun, schema: z.ZodType, exitCode = 0) {
  expect(run.exitCode, run.stdout + run.stderr).toBe(exitCode);
  expect(envelopeSchema(schema).safeParse(run.json()).error?.issues ?? []).toEqual([]);
  return run.json().result;
}

/** A serve with a far side, and events that have arrived there. */
export async function served(...events: string[][]): Promise<{ serve: ServeProcess; far: FarSide; ids: string[] }> {
  const far = await openFarSide();
  far.answer(() => ({
    status: 200,
    body: '{"ok":true}',
    headers: { 'content-type': 'application/json', 'set-cookie': 's3cret-cookie' },
  }));
  const serve = await startServe(await temporaryFolder(), '--forward-to', far.url);
  const ids: string[] = [];
  for (const args of events) {
    const { id } = resultOf(await serve.events('trigger', ...args, '--json'), eventsTriggerResultSchema);
    await serve.result(({ event, eventId, target }) => event === 'delivered' && eventId === id && target !== ownPlace);
    ids.push(id);
  }
  return { serve, far, ids };
}

/** Ids of the webhooks that a list shows; what is told of sessions has stories of its own. */
export async function listed(serve: ServeProcess, ...args: string[]): Promise<string[]> {
  const { events } = resultOf(await serve.events('list', '--json', ...args), eventsListResultSchema);
  return (events as { id: string; direction: string }[])
    .filter(({ direction }) => direction === 'from-salesforce')
    .map(({ id }) => id);
}

/** Deliveries of a webhook one of which, to the far side, fits; another one works it into its session. */
export function farDelivery(fits: Record<string, unknown>): unknown {
  return expect.arrayContaining([expect.objectContaining({ kind: expect.stringMatching(/^forward/), ...fits })]);
}
