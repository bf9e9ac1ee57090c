const leftOut = '[left out]';

/** What a letter, a mail or a call consists of, and whom it is from. */
const contentWords: ReadonlySet<string> = new Set(
  (
    'subject subjects body bodies textbody htmlbody plaintext text texts html content snippet description headers ' +
    'attachment attachments fromname toname suppliedname contactname phone suppliedphone fax'
  ).split(' '),
);

/**
 * Data without what customers wrote: values whose name says that they are a subject, a body or the like are dropped. Numbers and
 * switches stay, such as the length of a body.
 */
export function withoutMailContent(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutMailContent);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key, inner]) => !holdsText(inner) || !namesContent(key));
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutMailContent(inner)]));
}

function holdsText(value: unknown): boolean {
  return typeof value === 'string' || (typeof value === 'object' && value !== null);
}

/** `TextBody`, `html_body`, `Case_Subject__c`: a word of the name says it, or all of them run together. */
function namesContent(key: string): boolean {
  const words = key
    .replace(/__[cr]$/i, '')
    .split(/[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])/)
    .map((word) => word.toLowerCase());
  return words.some((word) => contentWords.has(word)) || contentWords.has(words.join(''));
}

/** A label in running text; `"Subject":` and `Subject =` too. A subject ends with its line, a body nobody knows where. */
const labelledSubject = /(subject\b["'\\]*\s*[:=])[^\n]+/gi;
const labelledBody = /((?:body|html|\btext|\bsnippet)\b["'\\]*\s*[:=])[\s\S]+/gi;

/** Text from an org or a person without what stands after the label of a subject or a body. */
export function withoutLabelledContent(text: string): string {
  return text.replace(labelledSubject, `$1 ${leftOut}`).replace(labelledBody, `$1 ${leftOut}`);
}

// No slash, so that `node_modules/@scope/name` is none. It begins where no address goes on from before, which keeps the search
// linear in texts of any length.
const address =
  /(?<![\p{L}\p{N}._%+=~!$&^-])(?:"[^"\n]{1,64}"|[\p{L}\p{N}._%+=~!$&^-]+)(?:@|%40)(?:[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*|\[[^\]\s]+\])/giu;
/** The name of a person that mail programs put before the address. */
const displayName = /"[^"\n]{1,100}"\s*<(?=[^<>\s]+(?:@|%40))/gi;

/**
 * E-mail addresses as `s…@example.com`, without the names before them.
 * @param mailboxes addresses that stay readable: the organization's own
 */
export function maskAddresses(text: string, mailboxes: readonly string[]): string {
  const own = new Set(mailboxes.map((mailbox) => mailbox.toLowerCase()));
  return text.replace(displayName, '<').replace(address, (found) => {
    // `replyTo=support@acme.com` is still our own mailbox.
    const bare = found.replace(/^\w+=/, '').replace(/^[^\p{L}\p{N}]+/u, '');
    if (own.has(bare.toLowerCase())) return found;
    const [, local = '', domain = ''] = /^(.*)(?:@|%40)(.*)$/i.exec(found) ?? [];
    const [first = ''] = local;
    return `${local.length > 2 && first !== '"' ? first : ''}…@${domain}`;
  });
}
