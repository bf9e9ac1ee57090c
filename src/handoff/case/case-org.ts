import { toOpencxError } from '../../salesforce/org-errors.ts';
import type { Org } from '../../salesforce/org.ts';

type Values = Readonly<Record<string, unknown>>;

/** A request to the org as it is shown: without token. */
export interface OrgRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
}

/** The org as one attempt sees it. Each call ends with the attempt, and each fails with an OpencxError of the org. */
export interface CaseOrg {
  /** The user this session is: what others have written on a Case is none of ours. */
  userId(): Promise<string>;
  query<R>(soql: string, doing: string): Promise<R[]>;
  /** A GET below `/services/data/vXX`. */
  read<R>(path: string, doing: string): Promise<R>;
  /** Makes a record. @param headers that go with it, e.g. `Sforce-Duplicate-Rule-Header` @returns its id */
  create(sobject: string, values: Values, doing: string, headers?: Readonly<Record<string, string>>): Promise<string>;
  /** The request made last, and the last one that wrote. */
  lastRequest(): OrgRequest;
  lastWrite(): OrgRequest | undefined;
}

interface SubAnswer {
  readonly httpStatusCode: number;
  readonly body: unknown;
}

/**
 * @param traceparent of the request that all of it is done for
 * @param signal its reason is thrown once it aborts, whatever is still on the way
 */
export function caseOrg(org: Org, traceparent: string | undefined, signal: AbortSignal): CaseOrg {
  const { query, rest } = traceparent === undefined ? org : org.inTrace(traceparent);
  const base = `${org.identity.instanceUrl}/services/data/v${org.apiVersion}`;
  let last: OrgRequest = { method: 'GET', url: base };
  let lastWrite: OrgRequest | undefined;

  async function asked<T>(url: string, call: () => Promise<T>, method: OrgRequest['method'] = 'GET'): Promise<T> {
    signal.throwIfAborted();
    last = { method, url };
    if (method === 'POST') lastWrite = last;
    return await untilAborted(call(), signal);
  }

  return {
    userId: () => asked(`${org.identity.instanceUrl}/services/oauth2/userinfo`, () => org.userId()),
    query: (soql, doing) => asked(`${base}/query?q=${encodeURIComponent(soql)}`, () => query(soql, doing)),
    read: (path, doing) => asked(base + path, () => rest('GET', path, doing)),
    create: async (sobject, values, doing, headers) => {
      const path = `/sobjects/${sobject}`;
      const made = (): Promise<{ id: string }> =>
        headers === undefined
          ? rest('POST', path, doing, values)
          : createWithHeaders(rest, org.apiVersion, sobject, values, doing, headers);
      return (await asked(base + path, made, 'POST')).id;
    },
    lastRequest: () => last,
    lastWrite: () => lastWrite,
  };
}

/** Text as a SOQL literal. */
export function soqlText(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`;
}

/** Headers of its own are taken by requests within a composite one (REST API guide, "Composite Subrequest"). */
async function createWithHeaders(
  rest: Org['rest'],
  apiVersion: string,
  sobject: string,
  body: Values,
  doing: string,
  httpHeaders: Readonly<Record<string, string>>,
): Promise<{ id: string }> {
  const url = `/services/data/v${apiVersion}/sobjects/${sobject}`;
  const { compositeResponse } = await rest<{ compositeResponse: SubAnswer[] }>('POST', '/composite', doing, {
    compositeRequest: [{ method: 'POST', url, referenceId: 'made', httpHeaders, body }],
  });
  const [answer] = compositeResponse;
  const [first] = [answer?.body].flat() as { id?: string; errorCode?: string; message?: string }[];
  if (answer !== undefined && answer.httpStatusCode < 400 && first?.id !== undefined) return { id: first.id };
  const refusal = new Error(first?.message ?? `HTTP ${answer?.httpStatusCode ?? 'without an answer'}`);
  throw toOpencxError(Object.assign(refusal, { errorCode: first?.errorCode, data: first }), doing);
}

async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: ended, reject } = Promise.withResolvers<never>();
  const end = (): void => reject(signal.reason as Error);
  signal.addEventListener('abort', end, { once: true });
  try {
    return await Promise.race([work, ended]);
  } finally {
    signal.removeEventListener('abort', end);
  }
}
