import type { Connection } from 'jsforce';

import type { Clock } from '../clock.ts';
import { OpencxError } from '../errors/opencx-error.ts';
import type { OrgSession } from './auth/org-session.ts';
import { useOurTransport } from './http-defaults.ts';
import { toOpencxError } from './org-errors.ts';
import { readBySoap, saveBySoap } from './metadata/one-component.ts';
import { refusePages } from './refuse-pages.ts';
import { retryRead } from './retry.ts';
import { watchTransport } from './watch-transport.ts';

/** Which org this is, as it tells itself. */
export interface OrgIdentity {
  /** 18 characters. */
  id: string;
  name: string;
  instanceUrl: string;
  /** `production` is every org that is neither a sandbox, a scratch org, a trial nor a Developer Edition. */
  kind: 'production' | 'sandbox' | 'scratch' | 'trial' | 'developer';
  /** e.g. `Enterprise Edition`. */
  edition: string;
  username?: string;
}

/** One Salesforce org as a typed client. Every failure leaves as an {@link OpencxError}. */
export interface Org {
  readonly identity: OrgIdentity;
  /** The version of every request, e.g. `66.0`. */
  readonly apiVersion: string;
  /** Highest version the org offers. */
  readonly maxApiVersion: string;
  /** jsforce's connection, for code inside `salesforce/` alone. */
  readonly connection: Connection;
  readonly clock: Clock;
  /** Id (`005…`) of the user this session is; asked until it is known. */
  userId(): Promise<string>;
  /** Whether the token is a session id; tokens in JWT format are refused by SOAP. */
  hasOpaqueToken(): boolean;
  /** HTTP requests made so far, those that opened the org included. */
  requests(): number;
  /** One component by SOAP `readMetadata`, as plain data; undefined if the org has none of that name. */
  readMetadata(type: string, fullName: string, doing: string): Promise<Record<string, unknown> | undefined>;
  /**
   * One component by SOAP `createMetadata` or `updateMetadata`; what an update leaves out stays as it is.
   * @param newest release (e.g. 67) that knows elements which the session's own version may not; it is spoken if the org has it
   * @throws OpencxError ORG_REFUSED with Salesforce's own code and message
   */
  saveMetadata(
    call: 'create' | 'update',
    type: string,
    values: Record<string, unknown>,
    doing: string,
    newest?: number,
  ): Promise<void>;
  /** SOQL over the data API; all pages. */
  query<R>(soql: string, doing: string): Promise<R[]>;
  /** SOQL over the Tooling API; all pages. */
  toolingQuery<R>(soql: string, doing: string): Promise<R[]>;
  /**
   * A REST request below `/services/data/vXX`, e.g. `/limits`. Repeated on transient failures only when it is a GET.
   * @param newest release (e.g. 67) that has a resource which the session's own version may not; it is spoken if the org has it
   */
  rest<R>(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    doing: string,
    body?: unknown,
    newest?: number,
  ): Promise<R>;
  /** The same calls, whose requests belong to a trace. @param traceparent valid (Trace Context, W3C) */
  inTrace(traceparent: string): Pick<Org, 'query' | 'rest'>;
  /** A GET below `/services/data/vXX` whose answer is plain text, e.g. the body of a debug log. */
  text(path: string, doing: string): Promise<string>;
  /** A POST that only reads, e.g. a batch of queries; repeated on transient failures as every reading is. */
  readByPost<R>(path: string, doing: string, body: unknown): Promise<R>;
  /** How far this machine's clock is ahead of the org's, in milliseconds, by the `Date` of the last answer, which has seconds. */
  clockAhead(): number | undefined;
}

type Headers = Readonly<Record<string, string>>;

export interface OpenOrgOptions {
  clock: Clock;
  signal?: AbortSignal;
  /** Version to speak; by default the lower of `preferredApiVersion` and the org's highest. */
  apiVersion?: string;
  /** The version the product is written for, e.g. `66.0`. */
  preferredApiVersion: string;
}

/**
 * Opens an org with a session: asks for the versions it offers and who it is (two requests).
 * @throws OpencxError AUTH_FAILED, PERMISSION_DENIED, NETWORK, ORG_UNEXPECTED_ANSWER
 */
export async function openOrg(session: OrgSession, options: OpenOrgOptions): Promise<Org> {
  const { Connection } = await import('jsforce');
  useOurTransport(session.instanceUrl);
  const connection = new Connection({
    instanceUrl: session.instanceUrl,
    accessToken: session.accessToken,
    version: options.preferredApiVersion,
    maxRequest: 10,
    callOptions: { client: 'opencx-sf' },
    ...(session.refresh === undefined ? {} : { refreshFn: refreshWith(session.refresh, options.clock) }),
  });
  const { clock, signal } = options;
  refusePages(connection);
  const { requests, clockAhead } = watchTransport(connection, clock);
  const guarded = async <T>(doing: string, request: () => Promise<T>): Promise<T> => {
    try {
      return await request();
    } catch (error) {
      throw toOpencxError(error, doing);
    }
  };

  const versions = await guarded('asking for its API versions', () =>
    retryRead(clock, () => readVersions(connection), signal),
  );
  const maxApiVersion = versions.at(-1) ?? options.preferredApiVersion;
  const apiVersion = chooseVersion(options, versions, maxApiVersion);
  connection.version = apiVersion;

  const identity = await guarded('asking who it is', () =>
    retryRead(clock, () => readIdentity(connection, session), signal),
  );

  const versionFor = (newest: number): string =>
    Math.min(Number(maxApiVersion), Math.max(Number(apiVersion), newest)).toFixed(1);
  const send = async (
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body: unknown,
    newest = 0,
    headers: Headers = {},
  ) =>
    connection.request<never>({
      method,
      url: `${connection.instanceUrl}/services/data/v${versionFor(newest)}${path}`,
      ...(body === undefined
        ? { headers: { ...headers } }
        : { body: JSON.stringify(body), headers: { ...headers, 'content-type': 'application/json' } }),
    });
  // jsforce writes into the header fields it is given, the token among them: each request has its own.
  const callsWith = (headers: Headers): Pick<Org, 'query' | 'rest'> => ({
    query: (soql, doing) =>
      guarded(doing, () =>
        retryRead(
          clock,
          async () =>
            allRecords(await connection.query(soql, { autoFetch: true, maxFetch: 50_000, headers: { ...headers } })),
          signal,
        ),
      ),
    rest: (method, path, doing, body, newest) => {
      const request = async () => send(method, path, body, newest, headers);
      return guarded(doing, () => (method === 'GET' ? retryRead(clock, request, signal) : request()));
    },
  });

  let userId: Promise<string> | undefined;
  return {
    identity,
    userId: () => {
      userId ??= guarded('asking for the user', () => retryRead(clock, () => readUserId(connection), signal)).catch(
        (error: unknown) => {
          // An answer is kept, a failure is not: whoever asks next has the org asked again.
          userId = undefined;
          throw error;
        },
      );
      return userId;
    },
    requests,
    hasOpaqueToken: () => connection.accessToken?.includes('!') === true,
    readMetadata: (type, fullName, doing) =>
      guarded(doing, () => retryRead(clock, () => readBySoap(connection, type, fullName), signal)),
    saveMetadata: (call, type, values, doing, newest = 0) =>
      guarded(doing, () => saveBySoap(connection, call, type, values, versionFor(newest))),
    apiVersion,
    maxApiVersion,
    connection,
    clock,
    ...callsWith({}),
    inTrace: (traceparent) => callsWith({ traceparent }),
    toolingQuery: (soql, doing) =>
      guarded(doing, () =>
        retryRead(
          clock,
          async () => allRecords(await connection.tooling.query(soql, { autoFetch: true, maxFetch: 50_000 })),
          signal,
        ),
      ),
    text: (path, doing) =>
      guarded(doing, () => retryRead(clock, async () => textOf(await send('GET', path, undefined)), signal)),
    readByPost: (path, doing, body) =>
      guarded(doing, () => retryRead(clock, async () => send('POST', path, body), signal)),
    clockAhead,
  };
}

/** jsforce reads an answer by its content type: text is a string, JSON and XML are none. */
function textOf(answer: unknown): string {
  if (typeof answer === 'string') return answer;
  throw new OpencxError('ORG_UNEXPECTED_ANSWER', {
    message: 'The org answered with something that is not plain text.',
  });
}

function allRecords<R>(result: { records: unknown[] }): R[] {
  return result.records as R[];
}

async function readVersions(connection: Connection): Promise<string[]> {
  const answer: unknown = await connection.request(`${connection.instanceUrl}/services/data`);
  if (!Array.isArray(answer)) {
    throw new OpencxError('ORG_UNEXPECTED_ANSWER', {
      message: `${connection.instanceUrl} does not answer as a Salesforce org: /services/data is no list of API versions.`,
      nextSteps: ['Check the instance URL: it is the My Domain URL, e.g. https://yourcompany.my.salesforce.com'],
    });
  }
  return answer
    .map((row: unknown) => (typeof row === 'object' && row !== null && 'version' in row ? String(row.version) : ''))
    .filter((version) => /^\d+\.0$/.test(version))
    .sort((a, b) => Number(a) - Number(b));
}

function chooseVersion(options: OpenOrgOptions, versions: readonly string[], max: string): string {
  const { apiVersion, preferredApiVersion } = options;
  if (apiVersion === undefined) return Number(preferredApiVersion) <= Number(max) ? preferredApiVersion : max;
  if (versions.includes(apiVersion)) return apiVersion;
  throw new OpencxError('USAGE', {
    message: `API version ${apiVersion} is not offered by this org; it offers ${versions[0] ?? '?'} to ${max}.`,
    nextSteps: [`Leave --api-version out, or give one up to ${max}.`],
  });
}

async function readUserId(connection: Connection): Promise<string> {
  const info: unknown = await connection.request(`${connection.instanceUrl}/services/oauth2/userinfo`);
  if (typeof info === 'object' && info !== null && 'user_id' in info && typeof info.user_id === 'string')
    return info.user_id;
  throw new OpencxError('ORG_UNEXPECTED_ANSWER', {
    message: 'The org does not say which user this session is (/services/oauth2/userinfo).',
  });
}

interface OrganizationRow {
  Id: string;
  Name: string;
  IsSandbox: boolean;
  OrganizationType: string;
  TrialExpirationDate: string | null;
}

async function readIdentity(connection: Connection, session: OrgSession): Promise<OrgIdentity> {
  const soql = 'SELECT Id, Name, IsSandbox, OrganizationType, TrialExpirationDate FROM Organization';
  const { records } = await connection.query<OrganizationRow>(soql);
  const row = records[0];
  if (row === undefined) throw new Error('the Organization query returned no row');
  return {
    id: row.Id,
    name: row.Name,
    instanceUrl: connection.instanceUrl,
    kind: kindOf(row),
    edition: row.OrganizationType,
    ...(session.username === undefined ? {} : { username: session.username }),
  };
}

function kindOf(row: OrganizationRow): OrgIdentity['kind'] {
  if (row.IsSandbox) return row.TrialExpirationDate === null ? 'sandbox' : 'scratch';
  if (row.OrganizationType === 'Developer Edition') return 'developer';
  return row.TrialExpirationDate === null ? 'production' : 'trial';
}

type RefreshCallback = (error: Error | null, accessToken?: string) => void;

/** Two refreshes closer than this mean that fresh tokens are refused too; jsforce alone would ask without end. */
const refreshLoopMs = 5000;

function refreshWith(refresh: () => Promise<OrgSession>, clock: Clock) {
  let lastRefresh = Number.NEGATIVE_INFINITY;
  const newToken = async (): Promise<string> => {
    if (clock.now() - lastRefresh < refreshLoopMs) {
      throw new OpencxError('AUTH_FAILED', {
        message: 'The org refuses a token it has just issued (INVALID_SESSION_ID).',
        nextSteps: ['Check the login policies and IP ranges of the External Client App, then log in again.'],
      });
    }
    lastRefresh = clock.now();
    return (await refresh()).accessToken;
  };
  return (_connection: Connection, callback: RefreshCallback): void => {
    void (async () => {
      try {
        callback(null, await newToken());
      } catch (error) {
        callback(error instanceof Error ? error : new Error(String(error)));
      }
    })();
  };
}
