import { isJsonObject } from '../http/json-body.ts';

/** A message of the Bayeux protocol, as far as it is looked at here. */
export interface BayeuxMessage {
  readonly channel: string;
  readonly id?: string | number | undefined;
  readonly clientId?: string | undefined;
  readonly connectionType?: string | undefined;
  readonly subscription?: string | readonly string[] | undefined;
  readonly supportedConnectionTypes?: readonly string[] | undefined;
  readonly advice?: { readonly timeout?: number | undefined } | undefined;
}

/** What a client shall do next. Times are milliseconds. */
export interface Advice {
  readonly reconnect: 'retry' | 'handshake' | 'none';
  readonly interval?: number;
  readonly timeout?: number;
}

/** The answer to a message on a `/meta/…` channel. */
export interface BayeuxReply {
  readonly channel: string;
  readonly id?: string | number | undefined;
  readonly clientId?: string | undefined;
  readonly successful: boolean;
  /** `403::Unknown client` */
  readonly error?: string;
  readonly subscription?: string | readonly string[];
  readonly version?: string;
  readonly minimumVersion?: string;
  readonly supportedConnectionTypes?: readonly string[];
  readonly advice?: Advice;
  readonly ext?: unknown;
}

/** Something that happened, on its way to a subscriber. */
export interface Delivery {
  readonly channel: string;
  readonly data: unknown;
}

/** More messages than any client puts into one request. */
const maximumMessages = 100;

/**
 * Reads the messages of a request: an array, or one by itself.
 * @returns undefined for what is no Bayeux
 */
export function readMessages(body: unknown): BayeuxMessage[] | undefined {
  const list = Array.isArray(body) ? (body as unknown[]) : [body];
  if (list.length === 0 || list.length > maximumMessages) return undefined;
  const messages = list.map(readMessage);
  return messages.every((message) => message !== undefined) ? messages : undefined;
}

function readMessage(value: unknown): BayeuxMessage | undefined {
  if (!isJsonObject(value) || typeof value['channel'] !== 'string') return undefined;
  const { id, clientId, connectionType, advice } = value;
  return {
    channel: value['channel'],
    id: typeof id === 'string' || typeof id === 'number' ? id : undefined,
    clientId: typeof clientId === 'string' ? clientId : undefined,
    connectionType: typeof connectionType === 'string' ? connectionType : undefined,
    subscription: readSubscription(value['subscription']),
    supportedConnectionTypes: textsOf(value['supportedConnectionTypes']),
    advice: isJsonObject(advice) && typeof advice['timeout'] === 'number' ? { timeout: advice['timeout'] } : undefined,
  };
}

function readSubscription(value: unknown): string | readonly string[] | undefined {
  return typeof value === 'string' ? value : textsOf(value);
}

function textsOf(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
}
