import type { RawHeaders } from '../store/handoff-store.ts';

/** What a webhook is answered; `error` is for whoever set the call up. */
export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that is not taken. @param reason one sentence, with nothing of the body in it */
export function refusal(status: number, reason: string, headers: Record<string, string> = {}): Answer {
  return { status, body: { error: reason }, headers };
}

export function response({ status, body, headers }: Answer): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store', ...headers } });
}

/** The field's value; undefined if it is not there, or there several times. */
export function oneHeader(headers: RawHeaders, name: string): string | undefined {
  const values = headers.filter(([written]) => written.toLowerCase() === name);
  return values.length === 1 ? values[0]?.[1].trim() : undefined;
}
