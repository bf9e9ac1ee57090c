import { OpencxError } from '../../errors/opencx-error.ts';
import { quoted } from '../../provision/org/soql-literal.ts';
import type { Org } from '../../salesforce/org.ts';
import type { MailRow } from './mail/mail-text.ts';
import { knownProviders, otherProvider, sendsFrom, type KnownProvider, type MailProvider } from './providers.ts';
import { readForwardingCode, type ForwardingCode } from './read-code.ts';

/** Whose mail is looked for. */
export type WantedProvider = KnownProvider | 'any';

/** A mail of a provider, as the org keeps it. */
export interface ProviderMail {
  messageId: string;
  caseId: string | undefined;
  from: string;
  subject: string;
  /** Milliseconds since 1970, by the org's clock, to the second. */
  receivedAt: number;
}

/** One that lets mail be forwarded. */
export type ConfirmationMail = ProviderMail & ForwardingCode;

/** What one look found, newest first. */
export interface Look {
  confirmations: readonly ConfirmationMail[];
  /** From the same senders, with neither code nor link. */
  unreadable: readonly ProviderMail[];
}

/** More than one row: something else of the same sender may lie on top of what is looked for. */
const rowsOfSender = 10;

/** Newest mail, whoever sent it, that is looked through for a provider nobody knows. */
const rowsOfAnybody = 50;

const fields = 'Id, ParentId, FromAddress, ToAddress, Subject, TextBody, HtmlBody, CreatedDate';
const newestFirst = 'ORDER BY CreatedDate DESC, Id DESC';
const doing = 'reading mail that came in';

/** The providers a name stands for. */
export function providersOf(wanted: WantedProvider): readonly MailProvider[] {
  return wanted === 'any' ? [...Object.values(knownProviders), otherProvider] : [knownProviders[wanted]];
}

/**
 * Looks once into the mail that came in. A user sees no mail of a Case that they do not see.
 * @throws OpencxError as the queries do
 */
export async function lookForMail(org: Org, wanted: WantedProvider): Promise<Look> {
  const providers = providersOf(wanted);
  const rows = await explained(async () => [
    ...(await rowsFrom(
      org,
      providers.filter(({ id }) => id !== 'other'),
    )),
    ...(wanted === 'any' ? await rowsOfOthers(org) : []),
  ]);
  const confirmations: ConfirmationMail[] = [];
  const unreadable: ProviderMail[] = [];
  for (const row of rows) {
    const code = readForwardingCode(row, providers);
    if (code === undefined) unreadable.push(mailOf(row));
    else confirmations.push({ ...mailOf(row), ...code });
  }
  return { confirmations: confirmations.sort(byAge), unreadable: unreadable.sort(byAge) };
}

async function rowsFrom(org: Org, providers: readonly MailProvider[]): Promise<MailRow[]> {
  const senders = providers.flatMap((provider) => provider.senders);
  const exact = senders.filter((sender) => !sender.includes('*'));
  const conditions = [
    `FromAddress IN (${quoted(exact)})`,
    ...senders
      .filter((sender) => sender.includes('*'))
      .map((sender) => `FromAddress LIKE ${quoted([sender.replaceAll('*', '%')])}`),
  ];
  return await org.query<MailRow>(
    `SELECT ${fields} FROM EmailMessage WHERE ${conditions.join(' OR ')} ${newestFirst} LIMIT ${rowsOfSender}`,
    doing,
  );
}

/** Bodies are long: those of the newest mail are read only where the sender may be a mail server. */
async function rowsOfOthers(org: Org): Promise<MailRow[]> {
  const newest = await org.query<{ Id: string; FromAddress: string | null }>(
    `SELECT Id, FromAddress FROM EmailMessage WHERE Incoming = true ${newestFirst} LIMIT ${rowsOfAnybody}`,
    doing,
  );
  const known = Object.values(knownProviders);
  const ids = newest
    .filter(({ FromAddress }) => sendsFrom(otherProvider, FromAddress ?? ''))
    .filter(({ FromAddress }) => !known.some((provider) => sendsFrom(provider, FromAddress ?? '')))
    .slice(0, rowsOfSender)
    .map(({ Id }) => Id);
  if (ids.length === 0) return [];
  return await org.query<MailRow>(`SELECT ${fields} FROM EmailMessage WHERE Id IN (${quoted(ids)})`, doing);
}

function mailOf(row: MailRow): ProviderMail {
  return {
    messageId: row.Id,
    caseId: row.ParentId ?? undefined,
    from: row.FromAddress ?? '',
    subject: row.Subject ?? '',
    receivedAt: Date.parse(row.CreatedDate),
  };
}

function byAge(one: ProviderMail, other: ProviderMail): number {
  return other.receivedAt - one.receivedAt;
}

/** An org without Email-to-Case, or a user without its Cases, may know no object EmailMessage at all. */
async function explained<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof OpencxError) || error.details?.['salesforceErrorCode'] !== 'INVALID_TYPE') throw error;
    throw new OpencxError('ORG_REFUSED', {
      message: error.message,
      details: error.details,
      nextSteps: [
        'This user sees no EmailMessage: switch Email-to-Case on (Setup → Email-to-Case), or log in as a user who may read Cases.',
      ],
      cause: error,
    });
  }
}
