import { randomBytes } from 'node:crypto';

import type { CalloutRequest, CalloutResult } from './callouts.ts';

/** A transaction cannot go on before a callout is answered. Passes every catch and finally of Apex. */
export class CalloutPending extends Error {
  readonly request: CalloutRequest;

  constructor(request: CalloutRequest) {
    super('A callout is under way.');
    this.request = request;
  }
}

type Input = { readonly kind: 'time'; readonly time: number } | { readonly kind: 'random'; readonly bytes: Uint8Array };

/**
 * All that comes to a transaction from outside, in order.
 *
 * Apex waits for a callout; this process must not, because the far side may live in it. The platform forbids callouts
 * after a change of data, so until the last callout a transaction has changed nothing: it is given up, the callout is
 * made, and the transaction runs again from its start with the clock, the chance and the answers it had before.
 */
export class Journal {
  readonly #inputs: Input[] = [];
  readonly #answers: { readonly request: CalloutRequest; readonly response: CalloutResult }[] = [];
  readonly #clock: () => Date;
  #nextInput = 0;
  #nextAnswer = 0;

  constructor(clock: () => Date) {
    this.#clock = clock;
  }

  now(): Date {
    const input = this.#take('time', () => ({ kind: 'time', time: this.#clock().getTime() }));
    return new Date(input.kind === 'time' ? input.time : 0);
  }

  random(count: number): Uint8Array {
    const input = this.#take('random', () => ({ kind: 'random', bytes: randomBytes(count) }));
    return input.kind === 'random' && input.bytes.length === count ? input.bytes : randomBytes(count);
  }

  #take(kind: Input['kind'], make: () => Input): Input {
    const known = this.#inputs[this.#nextInput];
    if (known?.kind === kind) {
      this.#nextInput += 1;
      return known;
    }
    // Another path than last time: what was noted for the old one is of no use.
    this.#inputs.length = this.#nextInput;
    const input = make();
    this.#inputs.push(input);
    this.#nextInput += 1;
    return input;
  }

  /**
   * The answer to a callout made before.
   * @throws CalloutPending where it was not made yet
   */
  answer(request: CalloutRequest): CalloutResult {
    const known = this.#answers[this.#nextAnswer];
    if (known !== undefined && isSame(known.request, request)) {
      this.#nextAnswer += 1;
      return known.response;
    }
    this.#answers.length = this.#nextAnswer;
    throw new CalloutPending(request);
  }

  /** Notes an answer and goes back to the start. */
  answered(request: CalloutRequest, response: CalloutResult): void {
    this.#answers.push({ request, response });
    this.#nextInput = 0;
    this.#nextAnswer = 0;
  }
}

function isSame(one: CalloutRequest, other: CalloutRequest): boolean {
  return (
    one.method === other.method &&
    one.url === other.url &&
    one.headers.length === other.headers.length &&
    one.headers.every(([name, value], index) => {
      const [otherName, otherValue] = other.headers[index] ?? [];
      return name === otherName && value === otherValue;
    }) &&
    Buffer.compare(one.body, other.body) === 0
  );
}
