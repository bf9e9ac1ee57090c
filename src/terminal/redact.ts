/** Stands before every sink. Knows the shapes secrets have, and the very values this run was given. */
export interface Redactor {
  /** Remembers a value that must never be shown; values shorter than 6 characters are too common to be blanked. */
  addSecret(value: string | undefined): void;
  redact(text: string): string;
  /** The same for every text inside a value: redacting its JSON instead could cut a quote and break the document. */
  redactValue(value: unknown): unknown;
}

const mark = '[redacted]';

/** Shapes of secrets, each with what is kept of the match. */
const shapes: readonly (readonly [RegExp, string])[] = [
  [/\b(00D\w{12,15})![\w.+/=-]+/g, `$1!${mark}`],
  [/\b(Bearer|OAuth|Basic)\s+[\w.~+/=!-]{8,}/gi, `$1 ${mark}`],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, mark],
  [/\bforce:\/\/[^\s"'@]*@/g, `force://${mark}@`],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, mark],
  [
    /((?:access_token|refresh_token|client_secret|assertion|password|sid|code_verifier)["']?\s*[=:]\s*["']?)[^\s"'&,}<]{4,}/gi,
    `$1${mark}`,
  ],
  [/(<(?:\w+:)?sessionId>)[^<]+/gi, `$1${mark}`],
];

export function createRedactor(): Redactor {
  const secrets = new Set<string>();
  const redactor: Redactor = {
    addSecret(value) {
      if (value === undefined || value.trim().length < 6) return;
      secrets.add(value.trim());
      // The same value as it stands inside a JSON document or a URL.
      secrets.add(JSON.stringify(value.trim()).slice(1, -1));
      secrets.add(encodeURIComponent(value.trim()));
    },
    redact(text) {
      let clean = text;
      for (const secret of [...secrets].sort((a, b) => b.length - a.length)) clean = clean.replaceAll(secret, mark);
      for (const [shape, kept] of shapes) clean = clean.replace(shape, kept);
      return clean;
    },
    redactValue(value) {
      if (typeof value === 'string') return redactor.redact(value);
      if (Array.isArray(value)) return value.map((item) => redactor.redactValue(item));
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, redactor.redactValue(inner)]));
    },
  };
  return redactor;
}
