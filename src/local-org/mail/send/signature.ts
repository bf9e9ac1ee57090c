import type { OutgoingMail } from './outgoing-mail.ts';

/** The bodies of a mail, with the sender's signature unless the mail wants none. */
export function withSignature(
  { text, html, useSignature }: OutgoingMail,
  signature: string,
): { text: string | undefined; html: string | undefined } {
  if (!useSignature || signature === '') return { text, html };
  return {
    text: text === undefined ? undefined : `${text}\n\n${signature}`,
    html: html === undefined ? undefined : `${html}<br><br>${escapeHtml(signature).replaceAll(/\r?\n/g, '<br>')}`,
  };
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
