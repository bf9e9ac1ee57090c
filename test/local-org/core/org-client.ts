import { startLocalOrg } from '../../../src/local-org/start-local-org.ts';
import type { RunningOrg, StartLocalOrgOptions } from '../../../src/local-org/start-local-org.ts';

export const API = '/services/data/v68.0';

/** An answer as a test looks at it: the parsed JSON, or the text if it is none. */
export interface Answer {
  readonly status: number;
  readonly body: any; // oxlint-disable-line typescript/no-explicit-any -- answers are read by path in assertions
  readonly headers: Headers;
}

/** A local org of its own with a client logged in as its administrator. */
export interface OrgClient {
  readonly org: RunningOrg;
  readonly token: string;
  /** Bugs of the local org seen so far; a test should end with none. */
  readonly bugs: unknown[];
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Runs a query against the data API. */
  query(soql: string): Promise<Answer>;
  tooling(soql: string): Promise<Answer>;
  create(sobject: string, values: Record<string, unknown>): Promise<string>;
  control(method: string, path: string, body?: unknown): Promise<Answer>;
  close(): Promise<void>;
}

export async function openOrgClient(options: StartLocalOrgOptions = {}): Promise<OrgClient> {
  const bugs: unknown[] = [];
  const org = await startLocalOrg({ ...options, onError: (error) => bugs.push(error) });
  // A session that outlives whatever the test does to the clock.
  const { body } = await clientFor(org, '').control('POST', 'sessions', { lifetimeSeconds: 1e9 });
  return clientFor(org, body.accessToken as string, bugs);
}

/** A client of a running org with a token of its own. */
export function clientFor(org: RunningOrg, token: string, bugs: unknown[] = []): OrgClient {
  const call: OrgClient['call'] = async (method, path, body, headers = {}) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(org.url + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: text }),
    });
    return answerOf(response);
  };
  return {
    org,
    token,
    bugs,
    call,
    query: (soql) => call('GET', `${API}/query?q=${encodeURIComponent(soql)}`),
    tooling: (soql) => call('GET', `${API}/tooling/query?q=${encodeURIComponent(soql)}`),
    async create(sobject, values) {
      const { status, body } = await call('POST', `${API}/sobjects/${sobject}`, values);
      if (status !== 201) throw new Error(`${sobject} was not created: ${JSON.stringify(body)}`);
      return body.id as string;
    },
    control: (method, path, body) => call(method, `/_local/${path}`, body, { 'X-Local-Org-Control': 'test' }),
    close: () => org.close(),
  };
}

export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  return { status: response.status, body: parsed(text), headers: response.headers };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** The one error of a Salesforce-shaped answer. */
export function errorOf(answer: Answer): { status: number; errorCode: string; message: string } {
  const [error] = answer.body as { errorCode: string; message: string }[];
  return { status: answer.status, errorCode: error?.errorCode ?? '', message: error?.message ?? '' };
}
