import { setTimeout as delay } from 'node:timers/promises';

import type { Chance } from '../../local-org/robustness/chance.ts';
import { bodyOf } from '../serving.ts';

/** A webhook that was answered with 202. */
export interface Acknowledged {
  readonly caseId: string;
  /** 1 for the first of its Case, and so on: none is posted before the one before it is acknowledged. */
  readonly number: number;
  readonly body: string;
  /** As it was answered. */
  readonly eventId: string;
}

export interface CaseLoad {
  /** By `delivery_id`. */
  readonly acknowledged: ReadonlyMap<string, Acknowledged>;
  /** Answers that were lost although the event had been committed: they came again as duplicates. */
  lostAnswers(): number;
  /** Resolves once so many are acknowledged in all. @throws Error if a call was refused for good */
  reaches(count: number): Promise<void>;
  /** Begins nothing more; resolves once all that was begun is acknowledged. @throws Error if a call was refused for good */
  stop(): Promise<void>;
}

/** Before a call is tried again that nobody took, in milliseconds. */
const againMs = 20;
const largestPauseMs = 40;

/**
 * Posts webhooks as Salesforce does, without end: lines side by side, each with its Case and the next event only after the one
 * before; what was not answered with 202 comes again as it was. Half of the lines stay with their Case; the others go on to a new
 * one after some events, so that a Case whose delivery a killed process still holds does not hold all of them.
 * @param webhookUrl of a process that listens; undefined if none does
 */
export function openCaseLoad(lines: number, chance: Chance, webhookUrl: () => string | undefined): CaseLoad {
  const acknowledged = new Map<string, Acknowledged>();
  const state = { stopped: false, cases: 0, lostAnswers: 0, failed: false };

  async function post(body: string): Promise<{ id: string; duplicate?: boolean }> {
    for (;;) {
      const answer = await tried(webhookUrl(), body);
      if (answer?.status === 202) return (await answer.json()) as { id: string; duplicate?: boolean };
      if (answer !== undefined && answer.status !== 503 && answer.status !== 429) {
        throw new Error(`a webhook was answered with ${answer.status}: ${await answer.text()}`);
      }
      await delay(againMs);
    }
  }

  async function postCase(mostEvents: number): Promise<void> {
    state.cases += 1;
    const nth = state.cases;
    const caseId = `500${String(nth).padStart(12, '0')}`;
    for (let number = 1; number <= mostEvents && !state.stopped; number++) {
      const deliveryId = `${caseId}-${number}`;
      const subject = chance.percent(2) ? 'long '.repeat(20_000) : 'short';
      const body = bodyOf('customerEmail', {
        delivery_id: deliveryId,
        case_id: caseId,
        case_subject: subject,
        email_message_id: mailId(nth, number),
      });
      const { id, duplicate = false } = await post(body);
      if (duplicate) state.lostAnswers += 1;
      acknowledged.set(deliveryId, { caseId, number, body, eventId: id });
      await delay(chance.below(largestPauseMs));
    }
  }

  async function line(stays: boolean): Promise<void> {
    while (!state.stopped) await postCase(stays ? Infinity : 1 + chance.below(40));
  }

  const running = Promise.all(Array.from({ length: lines }, (_, index) => line(index % 2 === 0)));
  running.catch(() => {
    // Told by what is asked for next.
    state.failed = true;
  });
  return {
    acknowledged,
    async reaches(count) {
      while (acknowledged.size < count) {
        if (state.failed) await running;
        await delay(1);
      }
    },
    lostAnswers: () => state.lostAnswers,
    async stop() {
      state.stopped = true;
      await running;
    },
  };
}

/** Id of an EmailMessage: its Case, then its number in it. */
function mailId(nthCase: number, number: number): string {
  return `02s${String(nthCase).padStart(6, '0')}${String(number).padStart(6, '0')}`;
}

/** The number of a mail in its Case. */
export function numberOf(emailMessageId: string): number {
  return Number(emailMessageId.slice(-6));
}

/** @returns undefined if nobody answered, since the process was killed */
async function tried(url: string | undefined, body: string): Promise<Response | undefined> {
  if (url === undefined) return undefined;
  try {
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    // An answer that broke off is none.
    return new Response(await response.arrayBuffer(), response);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
