import { setTimeout as delay } from 'node:timers/promises';

import { expect } from 'vitest';

import { chanceFrom } from '../../local-org/robustness/chance.ts';
import { openFarSide, type ReceivedCall } from '../far-side.ts';
import { toldArrivals, webhookArrivals } from './arrivals.ts';
import { openCaseLoad } from './case-load.ts';
import { startKillable, type KillableServe, type ServeStart } from './killable-serve.ts';

export interface KilledRun {
  /** How each of the processes that run side by side is started; they share a store. */
  readonly processes: readonly ServeStart[];
  /** Of processes that listen; some more hit one that is just starting. */
  readonly kills: number;
  /** The same one kills the same processes after the same number of webhooks. */
  readonly seed: number;
  /** Looks at the store while the killed process is away. */
  readonly afterKill: () => Promise<void> | void;
}

/** What a run came to, for people. */
export interface KilledFigures {
  readonly kills: number;
  /** So many more hit a process that did not listen yet. */
  readonly whileStarting: number;
  readonly acknowledged: number;
  readonly lostAnswers: number;
  readonly webhookCalls: number;
  /** Calls of an event that had arrived before: the answer to it was lost with the process. */
  readonly repeatedWebhooks: number;
  /** Calls of what was told of sessions. */
  readonly toldCalls: number;
  readonly repeatedTold: number;
}

const lines = 24;
/** A process that listens is killed after so many webhooks at most, and then within so many milliseconds. */
const longestLife = { webhooks: 80, ms: 20 };
/** One that does not yet, within so many milliseconds. */
const longestStartMs = 300;
/** What a killed process held is free again after 30 seconds, and all that waits behind it has to be carried then. */
const drainMs = 180_000;

/**
 * Processes under load from Salesforce, killed one after another and started again. At the end, all that was acknowledged has
 * arrived once as a far side that de-duplicates by event id sees it, and in order within its Case: the webhook, and what is told of
 * the Case's session by it.
 */
export async function runKilled({ processes, kills, seed, afterKill }: KilledRun): Promise<KilledFigures> {
  const chance = chanceFrom(seed);
  const pace = chanceFrom(seed + 1);
  const far = await openFarSide();
  far.answer(async () => {
    await delay(pace.below(8));
    return { status: 200 };
  });
  const callback = new URL('/told', far.url);
  const start = (nth: number): KillableServe => {
    const { cwd, args, env = {} } = processes[nth] ?? { cwd: '', args: [] };
    return startKillable({ cwd, args: ['--forward-to', far.url, '--callback-url', callback.href, ...args], env });
  };
  const running = new Map(processes.map((_, nth) => [nth, start(nth)]));
  await Promise.all([...running.values()].map(({ ready }) => ready));
  const load = openCaseLoad(lines, chanceFrom(seed + 2), () => {
    const urls = [...running.values()].map((process) => process.webhookUrl()).filter((url) => url !== undefined);
    return urls[pace.below(urls.length)];
  });

  let whileStarting = 0;
  for (let kill = 0; kill < kills;) {
    const nth = chance.below(processes.length);
    const process = running.get(nth);
    if (chance.percent(15)) {
      await delay(chance.below(longestStartMs));
    } else {
      await process?.ready;
      await load.reaches(load.acknowledged.size + 1 + chance.below(longestLife.webhooks));
      await delay(chance.below(longestLife.ms));
    }
    if (process?.webhookUrl() === undefined) whileStarting += 1;
    else kill += 1;
    await process?.kill();
    await afterKill();
    running.set(nth, start(nth));
  }
  await Promise.all([...running.values()].map(({ ready }) => ready));
  await load.stop();
  await expect.poll(() => running.get(0)?.waiting(), { timeout: drainMs, interval: 250 }).toBe(0);
  for (const process of running.values())
    expect(await process.stop()).toMatchObject({ event: 'stopped', waiting: 0, dead: 0 });

  const [toldCalls, webhookCalls] = [far.calls.filter(isTold), far.calls.filter((call) => !isTold(call))];
  const webhooks = webhookArrivals(webhookCalls, load.acknowledged);
  const told = toldArrivals(toldCalls, load.acknowledged);
  expect(webhooks.problems).toEqual([]);
  expect(told.problems).toEqual([]);
  return {
    kills,
    whileStarting,
    acknowledged: load.acknowledged.size,
    lostAnswers: load.lostAnswers(),
    webhookCalls: webhookCalls.length,
    repeatedWebhooks: webhooks.repeated,
    toldCalls: toldCalls.length,
    repeatedTold: told.repeated,
  };
}

function isTold({ path }: ReceivedCall): boolean {
  return path === '/told';
}
