import { confirmLink } from './confirm-link.ts';
import { addressesIn } from './mail/addresses.ts';
import { mailText, type MailRow, type MailText } from './mail/mail-text.ts';
import { sendsFrom, type MailProvider, type ProviderId } from './providers.ts';

/** What a provider's mail says about forwarding. It has a code, a link, or both. */
export interface ForwardingCode {
  provider: ProviderId;
  code: string | undefined;
  /** Of the provider's own hosts alone; following it confirms that mail may be forwarded. */
  link: string | undefined;
  /** Whose mail is to be forwarded. */
  mailbox: string | undefined;
  /** Where to: the address that the mail came to. */
  target: string | undefined;
}

/**
 * Reads a mail that came in. What it says is believed only as far as it does no harm: a code that is false opens nothing,
 * and a link leads to the provider or is left out.
 * @returns undefined for a mail of somebody else, and for one with neither code nor link
 */
export function readForwardingCode(row: MailRow, providers: readonly MailProvider[]): ForwardingCode | undefined {
  const provider = providers.find((one) => sendsFrom(one, row.FromAddress ?? ''));
  if (provider === undefined) return undefined;
  const mail = mailText(row);
  const said = [mail.subject, ...mail.bodies].join('\n');
  if (!provider.speaksOf.every((word) => word.test(said))) return undefined;
  const code = provider.readCode(mail);
  const link = confirmLink(provider, mail);
  if (code === undefined && link === undefined) return undefined;
  return { provider: provider.id, code, link, ...parties(provider, row, mail) };
}

/** A provider names the mailbox in subject or body before it names anybody else, and in the body the address it wrote to. */
function parties(
  provider: MailProvider,
  row: MailRow,
  { subject, bodies }: MailText,
): Pick<ForwardingCode, 'mailbox' | 'target'> {
  const to = addressesIn(row.ToAddress ?? '');
  const named = bodies.flatMap(addressesIn);
  const generated = named.find((address) => address.endsWith('.salesforce.com'));
  const target = to.find((address) => named.includes(address)) ?? generated ?? to[0];
  const mailbox = [...addressesIn(subject).reverse(), ...named].find(
    (address) => address !== target && !to.includes(address) && !sendsFrom(provider, address),
  );
  return { mailbox, target };
}
