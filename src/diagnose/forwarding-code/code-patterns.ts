import { withoutAddresses } from './mail/addresses.ts';
import type { MailText } from './mail/mail-text.ts';

/** A number that stands alone; the sign of a number before it may be any language's. */
const marked = /[#＃№°º]\s?(\d{6,9})(?!\d)/u;
const alone = /(?<![\w.,+/-])\d{8,9}(?![\w/-]|[.,]\d)/g;
/** After the colon of its label. */
const labelled = /[:：]\s{0,3}(\d{8,9})(?![\w/-]|[.,]\d)/g;

/**
 * The number of Gmail: in older mails in the subject, `(#123456789)` in most languages, `… de 123456789 (n.º Gmail)` in
 * Spanish, and in the body after a label. Nine digits mostly; eight have been seen, as of a number without leading zeros.
 */
export function numberCode({ subject, bodies }: MailText): string | undefined {
  const head = withoutAddresses(subject);
  const inSubject = marked.exec(head)?.[1] ?? only(head.match(alone));
  if (inSubject !== undefined) return inSubject;
  const text = bodies.map(withoutAddresses).join('\n');
  return only(Array.from(text.matchAll(labelled), ([, code]) => code ?? ''));
}

/** `code` in the languages of the larger providers, then what is copied. */
const word =
  /(?:code|código|codice|codigo|kod|код|コード|代码|代碼|验证码|驗證碼|코드)[^\p{L}\p{N}]{0,20}(?:(?:is|est|es|è|é|ist|lautet)[^\p{L}\p{N}]{1,5})?([A-Z0-9][A-Z0-9-]{2,10}[A-Z0-9])(?![\p{L}\p{N}-])/giu;

/** Four to twelve digits and letters after the word "code". */
export function labelledCode({ subject, bodies }: MailText): string | undefined {
  const text = [subject, ...bodies].map(withoutAddresses).join('\n');
  return only(Array.from(text.matchAll(word), ([, code]) => code ?? '').filter((code) => /\d/.test(code)));
}

/** Of several different ones none is the code. */
function only(found: readonly string[] | null): string | undefined {
  const [first, ...others] = new Set(found);
  return others.length === 0 ? first : undefined;
}
