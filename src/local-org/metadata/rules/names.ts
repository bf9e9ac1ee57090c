const apiName = /^[A-Za-z](?:_?[A-Za-z0-9])*$/;

/**
 * Salesforce's sentence about API names, for a name that breaks it; undefined for a good one.
 * @param what the field the sentence is about, e.g. `Named Credential API Name`
 */
export function apiNameProblem(name: string, what: string): string | undefined {
  if (apiName.test(name)) return undefined;
  return (
    `The ${what} can only contain underscores and alphanumeric characters. It must be unique, begin with a letter, ` +
    'not include spaces, not end with an underscore, and not contain two consecutive underscores.'
  );
}

/** Salesforce's sentence about a text that is too long. Lengths in characters. */
export function tooLong(label: string, text: string, maximum: number): string | undefined {
  return text.length > maximum ? `${label}: data value too large: ${text} (max length=${maximum})` : undefined;
}

/** True for an absolute http or https URL, the only ones callouts go to. */
export function isCalloutUrl(text: string): boolean {
  if (!/^https?:\/\//i.test(text)) return false;
  return URL.canParse(text) && new URL(text).hostname !== '';
}
