import { randomBytes } from 'node:crypto';

/** A transaction cannot go on before a callout is answered. Passes every catch and finally of Apex. */
export class CalloutPending<Request> extends Error {
  readonly request: Request;

  constructor(request: Request) {
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
export class Journal<Request, Response> {
  readonly #inputs: Input[] = [];
  readonly #answers: { readonly request: string; readonly response: Response }[] = [];
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
  answer(request: Request): Response {
    const known = this.#answers[this.#nextAnswer];
    if (known !== undefined && known.request === fingerprint(request)) {
      this.#nextAnswer += 1;
      return known.response;
    }
    this.#answers.length = this.#nextAnswer;
    throw new CalloutPending(request);
  }

  /** Notes an answer and goes back to the start. */
  answered(request: Request, response: Response): void {
    this.#answers.push({ request: fingerprint(request), response });
    this.#nextInput = 0;
    this.#nextAnswer = 0;
  }
}

function fingerprint(request: unknown): string {
  return JSON.stringify(request, (_key, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
  );
}
