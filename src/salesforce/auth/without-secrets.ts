const mark = '[redacted]';

/** Shapes of secrets that another program or a server may put into its own messages. */
const shapes: readonly (readonly [RegExp, string])[] = [
  [/\b(00D\w{12,15})![\w.+/=-]+/g, `$1!${mark}`],
  [/\bforce:\/\/[^\s"'@]*@/g, `force://${mark}@`],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, mark],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, mark],
];

/**
 * A text of others (a server's error, the output of `sf`) as it may stand in an error of ours: without the secrets that
 * were sent, without anything that looks like one, on one line, and at most `limit` characters long.
 * @param secrets the very values that must not show, in any of the forms a server could echo them
 */
export function withoutSecrets(text: string, secrets: readonly string[] = [], limit = 400): string {
  let clean = text;
  const forms = secrets.flatMap((secret) => (secret.length < 4 ? [] : formsOf(secret)));
  for (const secret of forms.sort((a, b) => b.length - a.length)) clean = clean.replaceAll(secret, mark);
  for (const [shape, kept] of shapes) clean = clean.replace(shape, kept);
  clean = clean.replace(/\s+/g, ' ').trim();
  return clean.length <= limit ? clean : `${clean.slice(0, limit)}…`;
}

/** A secret as it stands in plain text, in a URL, in a posted form, and in JSON with and without escaped slashes. */
function formsOf(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const form = new URLSearchParams({ secret }).toString().slice('secret='.length);
  return [secret, encodeURIComponent(secret), form, json, json.replaceAll('/', '\\/')];
}
