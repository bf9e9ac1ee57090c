import type { MalformedRequest } from './malformed-requests.ts';

interface Answered {
  readonly status: number;
  /** Content type. */
  readonly type: string;
  readonly text: string;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

/** `[{ errorCode, message }]`, of REST. */
function isRestError(text: string): boolean {
  const value = json(text);
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((one: { errorCode?: unknown; message?: unknown }) => {
      return typeof one.errorCode === 'string' && /^[A-Z_]+$/.test(one.errorCode) && isText(one.message);
    })
  );
}

/** `{ error, error_description }`, of OAuth. */
function isOAuthError(text: string): boolean {
  const value = json(text) as { error?: unknown; error_description?: unknown } | undefined;
  return isText(value?.error) && isText(value?.error_description);
}

/** Whether an answer is a success, or a refusal in the form that the addressed API has for one. */
export function hasSalesforceShape({ method, path }: MalformedRequest, { status, type, text }: Answered): boolean {
  if (status < 400 || method === 'HEAD') return status < 500 || status === 501;
  if (path.startsWith('/services/Soap/') && type.startsWith('text/xml')) {
    return status === 500 && /<faultcode>(?:sf|soapenv):\w+<\/faultcode><faultstring>[^<]+</.test(text);
  }
  if (status >= 500 && status !== 501) return false;
  // The identity URL says it in a word: `Missing_OAuth_Token`, `Bad_OAuth_Token` (OAuth guide, "Identity URLs").
  if (path.startsWith('/id/') && /^(?:Missing|Bad)_OAuth_Token$/.test(text)) return true;
  if (path.startsWith('/services/oauth2/')) return isOAuthError(text) || isRestError(text) || isPage(type, text);
  return isRestError(text) || (path.includes('/composite/tree/') && isTreeError(text));
}

/** `{ hasErrors, results: [{ referenceId, errors }] }`, of sObject trees. */
function isTreeError(text: string): boolean {
  const value = json(text) as { hasErrors?: unknown; results?: unknown } | undefined;
  return value?.hasErrors === true && Array.isArray(value.results);
}

/** OAuth's authorize endpoint tells a browser. */
function isPage(type: string, text: string): boolean {
  return type.startsWith('text/') && text !== '';
}
