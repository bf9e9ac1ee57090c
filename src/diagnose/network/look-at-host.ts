import { lookup } from 'node:dns/promises';
import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls, type PeerCertificate, type TLSSocket } from 'node:tls';

/** What a host is like from here. */
export interface HostSeen {
  kind: 'answers' | 'no-address' | 'bad-certificate' | 'no-answer';
  /** One line. */
  detail: string;
  /** End of the certificate, ISO 8601. */
  certificateUntil?: string;
}

/** Milliseconds until a host that does not answer is given up. */
const patienceMs = 5000;

/**
 * Looks whether a host has an address, takes connections and, for https, shows a certificate that is valid for it. Sends
 * nothing. What is seen from here is not what Salesforce sees, but what neither can see is told.
 */
export async function lookAtHost(url: URL, signal?: AbortSignal): Promise<HostSeen> {
  const name = url.hostname.replace(/^\[|\]$/g, '');
  try {
    await lookup(name);
  } catch (error) {
    const code = codeOf(error);
    return code === 'ENOTFOUND'
      ? { kind: 'no-address', detail: `${name} has no address in DNS.` }
      : { kind: 'no-answer', detail: `DNS does not tell the address of ${name} (${code}).` };
  }
  try {
    return url.protocol === 'https:' ? await lookAtTls(url, name, signal) : await lookAtPort(url, name, signal);
  } catch (error) {
    signal?.throwIfAborted();
    const code = codeOf(error);
    return certificateCodes.test(code)
      ? {
          kind: 'bad-certificate',
          detail: `The certificate of ${url.host} is not valid: ${messageOf(error)} (${code}).`,
        }
      : { kind: 'no-answer', detail: `${url.host} does not answer from here: ${messageOf(error)} (${code}).` };
  }
}

const certificateCodes = /CERT|SIGNED|UNABLE_TO|ALTNAME|DEPTH_ZERO/;

async function lookAtTls(url: URL, host: string, signal: AbortSignal | undefined): Promise<HostSeen> {
  const port = Number(url.port === '' ? 443 : url.port);
  const certificate = await opened(
    () => connectTls({ host, port, servername: host }),
    'secureConnect',
    (socket: TLSSocket): PeerCertificate => socket.getPeerCertificate(),
    signal,
  );
  const until = new Date(certificate.valid_to);
  return {
    kind: 'answers',
    detail: `${url.host} answers; its certificate is good until ${until.toISOString().slice(0, 10)}`,
    certificateUntil: until.toISOString(),
  };
}

async function lookAtPort(url: URL, host: string, signal: AbortSignal | undefined): Promise<HostSeen> {
  const port = Number(url.port === '' ? 80 : url.port);
  await opened(
    () => connectPlain({ host, port }),
    'connect',
    () => undefined,
    signal,
  );
  return { kind: 'answers', detail: `${url.host} answers` };
}

/** Opens a connection, looks, and closes it. */
async function opened<S extends Socket, T>(
  open: () => S,
  event: 'connect' | 'secureConnect',
  look: (socket: S) => T,
  signal: AbortSignal | undefined,
): Promise<T> {
  const socket = open();
  const stop = (): void => {
    socket.destroy(new Error('stopped'));
  };
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await new Promise<T>((done, failed) => {
      socket.setTimeout(patienceMs, () => {
        failed(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' }));
      });
      socket.once('error', failed);
      socket.once(event, () => {
        done(look(socket));
      });
    });
  } finally {
    signal?.removeEventListener('abort', stop);
    socket.destroy();
  }
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN';
}

function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return messageOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
