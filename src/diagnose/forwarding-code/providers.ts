import { labelledCode, numberCode } from './code-patterns.ts';
import type { LinkRule } from './confirm-link.ts';
import type { MailText } from './mail/mail-text.ts';

export type KnownProvider = 'gmail' | 'outlook' | 'fastmail';

/** `other`: an automatic mail about forwarding of somebody unknown. */
export type ProviderId = KnownProvider | 'other';

/** What is known of the mail by which a provider asks whether mail may be forwarded to an address. */
export interface MailProvider extends LinkRule {
  id: ProviderId;
  name: string;
  /** Addresses it comes from; `*` stands for any characters but `@`. */
  senders: readonly string[];
  /** All of them occur in its subject or body; none where the senders write about nothing else. */
  speaksOf: readonly RegExp[];
  readCode: (mail: MailText) => string | undefined;
}

/** "Forward", as mail systems say it in other languages. */
const forwarding =
  /forward|weiterl|umleit|reenv|redirig|transf[eé]r|encaminh|inoltr|doorst|doorgest|przekaz|пересыл|yönlendir|vidarebefor|videresend|転送|转发|轉寄|전달/iu;

const confirming =
  /confirm|verif|vérif|bestätig|bevestig|potvrd|potwierdz|подтвер|doğrula|bekräft|bekreft|bekræft|確認|确认|验证|驗證|확인/iu;

/** A path of a link that confirms, where its exact form is not known. */
const confirmingPath = /^(?!.*(?:cancel|den[yi]|reject|declin|remov|delet|unsub|disavow)).*(?:confirm|verif)/i;

/** Since the summer of 2026 most of its mail has a link alone; the mail with a code is still read. */
const gmail: MailProvider = {
  id: 'gmail',
  name: 'Gmail',
  senders: ['forwarding-noreply@google.com'],
  speaksOf: [],
  readCode: numberCode,
  // Both of the first two are in use, at times for one account within minutes; the third until about 2013.
  linkHosts: ['mail-settings.google.com', 'mail.google.com', 'isolated.mail.google.com'],
  // The link in the same mail that cancels the request has /mail/uf- instead.
  linkPath: /^\/mail\/vf-[\w%.~-]+$/,
};

/**
 * UNCONFIRMED, a pattern only. Microsoft 365 asks nobody before it forwards, and no page of Microsoft tells of a mail to
 * the address that is forwarded to: a user of Outlook.com proves by a code to an address of their own who they are.
 */
const outlook: MailProvider = {
  id: 'outlook',
  name: 'Outlook',
  senders: ['*reply@microsoft.com', '*reply@*.microsoft.com', '*reply@outlook.com', 'postmaster@outlook.com'],
  // Else a code that signs somebody in would be taken for one.
  speaksOf: [forwarding, confirming],
  readCode: labelledCode,
  linkHosts: ['account.live.com', 'account.microsoft.com', 'outlook.live.com', 'outlook.office.com'],
  linkPath: confirmingPath,
};

/** UNCONFIRMED, a pattern only: Fastmail's help ("Set up mail forwarding") tells of no mail that asks. */
const fastmail: MailProvider = {
  id: 'fastmail',
  name: 'Fastmail',
  // Its customers have addresses at fastmail.com too.
  senders: ['*reply@fastmail.com', 'support@fastmail.com', '*reply@fastmailteam.com', 'support@fastmailteam.com'],
  speaksOf: [forwarding, confirming],
  readCode: labelledCode,
  linkHosts: ['app.fastmail.com', 'www.fastmail.com', 'fastmail.com'],
  linkPath: confirmingPath,
};

export const knownProviders: Readonly<Record<KnownProvider, MailProvider>> = { gmail, outlook, fastmail };

/** Mail of a server nobody has told us of. Its code is shown; a link never, since nobody knows which host would be right. */
export const otherProvider: MailProvider = {
  id: 'other',
  name: 'the mail provider',
  senders: ['*reply*@*', '*forward*@*', '*verif*@*', '*confirm*@*', '*notif*@*', 'postmaster@*', 'mailer-daemon@*'],
  speaksOf: [forwarding, confirming],
  readCode: labelledCode,
  linkHosts: [],
  linkPath: confirmingPath,
};

export function providerNamed(id: ProviderId): MailProvider {
  return id === 'other' ? otherProvider : knownProviders[id];
}

/** Whether a provider sends from an address. */
export function sendsFrom({ senders }: MailProvider, address: string): boolean {
  return senders.some((sender) => patternOf(sender).test(address.trim()));
}

function patternOf(sender: string): RegExp {
  return new RegExp(`^${sender.replaceAll('.', String.raw`\.`).replaceAll('*', '[^@]{0,200}')}$`, 'i');
}
