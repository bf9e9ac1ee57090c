const emailAddress =
  /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/;
const hostname = /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/;
const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Longest e-mail address Salesforce stores, and longest Username. */
const maxAddressLength = 80;
/** Longest label of a credential or permission set, and a sender's display name. */
const maxTextLength = 80;
/** Longest endpoint a legacy Named Credential takes. */
const maxUrlLength = 255;

/** Why `value` is no plain e-mail address (without display name); undefined if it is one. */
export function addressProblem(value: string): string | undefined {
  if (value.length > maxAddressLength) return `is longer than ${maxAddressLength} characters`;
  return emailAddress.test(value) ? undefined : 'is not an e-mail address';
}

/** Why `value` is no Salesforce Username, which has the form of an e-mail address; undefined if it is one. */
export function usernameProblem(value: string): string | undefined {
  if (value.length > maxAddressLength) return `is longer than ${maxAddressLength} characters`;
  return emailAddress.test(value) ? undefined : 'is not a Username, which looks like an e-mail address';
}

/** Why `value` is no host name of a domain; undefined if it is one. */
export function hostnameProblem(value: string): string | undefined {
  return value.length <= 253 && hostname.test(value) ? undefined : 'is not a domain name';
}

/**
 * Why `value` cannot be the endpoint of the Named Credential; undefined if it can.
 * Plain http is for a receiver on this machine only (the local org); Salesforce would send customer mail in clear.
 */
export function webhookUrlProblem(value: string): string | undefined {
  if (value.length > maxUrlLength) return `is longer than ${maxUrlLength} characters`;
  if (!/^[\x21-\x7E]+$/.test(value) || value.includes('{!') || !URL.canParse(value)) return 'is not a URL';
  const url = new URL(value);
  if (url.username !== '' || url.password !== '') return 'carries a user name or password';
  if (url.hash !== '') return 'carries a fragment (#…), which is never sent';
  if (url.protocol === 'https:') return undefined;
  return url.protocol === 'http:' && loopback.has(url.hostname) ? undefined : 'must begin with https://';
}

/** Why `value` cannot be shown as a label or name: empty, too long or with control characters; undefined if it can. */
export function displayTextProblem(value: string): string | undefined {
  if (value.trim() === '') return 'is blank';
  if (value.length > maxTextLength) return `is longer than ${maxTextLength} characters`;
  return /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]+$/u.test(value) ? undefined : 'holds control characters';
}
