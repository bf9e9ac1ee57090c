import type { OrgState } from '../../state/org-state.ts';
import { mailSettings } from '../mail-settings.ts';
import type { SmtpRelay } from '../mail-settings.ts';
import { composeMail } from './compose.ts';
import { nextForRelay, relayed } from './outbox.ts';
import type { OutboxMail, RelayState } from './outbox.ts';

/** Hands sent mail to an SMTP server, one at a time, after the transaction that sent it has committed. */
export interface MailRelay {
  /** Looks for mail to hand over once the code that runs now has come to its end. */
  wake(): void;
  /** Waits for the mail on its way; the rest is handed over when the org next starts. */
  close(): Promise<void>;
}

const relays = new WeakMap<OrgState, MailRelay>();
/** Milliseconds a server may take to answer. */
const PATIENCE_MS = 10_000;
const relayGone: RelayState = { state: 'failed', detail: 'The relay was taken out of the settings.' };

/** Begins to relay the mail of an org, beginning with what an earlier process left undone. */
export function startMailRelay(org: OrgState): MailRelay {
  let running: Promise<void> | undefined;
  let planned: NodeJS.Immediate | undefined;
  const closing = new AbortController();
  const relayAll = async (): Promise<void> => {
    for (let mail = nextForRelay(org); mail !== undefined && !closing.signal.aborted; mail = nextForRelay(org)) {
      const { smtpRelay } = mailSettings(org);
      relayed(org, mail, smtpRelay === undefined ? relayGone : await handOver(mail, smtpRelay));
    }
  };
  const begin = (): void => {
    planned = undefined;
    running ??= relayAll().finally(() => {
      running = undefined;
    });
  };
  const relay: MailRelay = {
    wake() {
      // A transaction is synchronous: what runs next runs after its commit, or after its roll-back and finds nothing.
      if (!closing.signal.aborted) planned ??= setImmediate(begin);
    },
    async close() {
      closing.abort();
      if (planned !== undefined) clearImmediate(planned);
      await running;
    },
  };
  relays.set(org, relay);
  relay.wake();
  return relay;
}

/** Has the relay of an org look for mail; without one there is nothing to do. */
export function wakeRelay(org: OrgState): void {
  relays.get(org)?.wake();
}

async function handOver(mail: OutboxMail, { host, port }: SmtpRelay): Promise<RelayState> {
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    host,
    port,
    ignoreTLS: true,
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
  });
  try {
    const envelope = { from: mail.from.address, to: [...mail.to, ...mail.cc, ...mail.bcc] };
    const { response } = await transport.sendMail({ envelope, raw: Buffer.from(await composeMail(mail)) });
    return { state: 'sent', detail: response };
  } catch (error) {
    return { state: 'failed', detail: error instanceof Error ? error.message : String(error) };
  } finally {
    transport.close();
  }
}
