import { OpencxError } from '../errors/opencx-error.ts';
import { toOpencxError } from './org-errors.ts';
import type { Org } from './org.ts';

/** Sub-requests that one batch takes (REST API guide, Composite Batch). */
const batchSize = 25;

/** One reading that waits for others to travel with. */
interface Waiting {
  /** Below `/services/data/vXX`, e.g. `/limits`. */
  path: string;
  doing: string;
  /** The same reading as a request of its own. */
  alone: () => Promise<unknown>;
  resolve: (result: unknown) => void;
  reject: (error: unknown) => void;
}

type Answer = { statusCode: number; result: unknown };

/**
 * The same org, whose readings travel together: the queries asked for in one turn, and the limits, become one
 * `composite/batch` request for the data API and one for the Tooling API. Who asks notices nothing of it, and gets each
 * answer or error alone. An org that refuses batches is asked one by one.
 */
export function withBatchedQueries(org: Org): Org {
  const data = collector(org, '');
  const tooling = collector(org, '/tooling');
  return {
    ...org,
    query: async <R>(soql: string, doing: string) =>
      rowsOf<R>(await data(`/query?q=${encodeURIComponent(soql)}`, doing, () => org.query(soql, doing))),
    toolingQuery: async <R>(soql: string, doing: string) =>
      rowsOf<R>(
        await tooling(`/tooling/query?q=${encodeURIComponent(soql)}`, doing, () => org.toolingQuery(soql, doing)),
      ),
    rest: async <R>(...request: Parameters<Org['rest']>) => {
      const [method, path, doing] = request;
      return method === 'GET' && path === '/limits'
        ? ((await data(path, doing, () => org.rest('GET', path, doing))) as R)
        : await org.rest<R>(...request);
    },
  };
}

type Ask = (path: string, doing: string, alone: () => Promise<unknown>) => Promise<unknown>;

function collector(org: Org, api: '' | '/tooling'): Ask {
  let waiting: Waiting[] = [];
  const send = async (): Promise<void> => {
    const all = waiting;
    waiting = [];
    const groups = Array.from({ length: Math.ceil(all.length / batchSize) }, (_, index) =>
      all.slice(index * batchSize, (index + 1) * batchSize),
    );
    await Promise.all(groups.map((group) => sendGroup(org, api, group)));
  };
  return async (path, doing, alone) =>
    await new Promise<unknown>((resolve, reject) => {
      if (waiting.length === 0) setImmediate(() => void send());
      waiting.push({ path, doing, alone, resolve, reject });
    });
}

async function sendGroup(org: Org, api: '' | '/tooling', group: readonly Waiting[]): Promise<void> {
  const answers = group.length === 1 ? undefined : batch(org, api, group);
  await Promise.all(
    group.map(async (one, index) => {
      try {
        const answer = (await answers)?.[index];
        one.resolve(answer === undefined || hasMore(answer) ? await one.alone() : resultOf(answer, one));
      } catch (error) {
        one.reject(error);
      }
    }),
  );
}

/** Who cannot log in or cannot be reached will not be by asking one by one. */
const endsAll: ReadonlySet<string> = new Set(['AUTH_FAILED', 'NETWORK', 'INTERRUPTED']);

/** @returns undefined where the org has no batches; each reading then goes alone and meets its own fate */
async function batch(
  org: Org,
  api: '' | '/tooling',
  group: readonly Waiting[],
): Promise<readonly Answer[] | undefined> {
  const batchRequests = group.map(({ path }) => ({ method: 'GET', url: `v${org.apiVersion}${path}` }));
  try {
    const { results } = await org.readByPost<{ results?: readonly Answer[] }>(
      `${api}/composite/batch`,
      'reading the org',
      {
        batchRequests,
      },
    );
    return results?.length === group.length ? results : undefined;
  } catch (error) {
    if (error instanceof OpencxError && endsAll.has(error.code)) throw error;
    return undefined;
  }
}

interface Page {
  done: boolean;
  records: unknown[];
}

function isPage(result: unknown): result is Page {
  return typeof result === 'object' && result !== null && 'records' in result;
}

/** A batch gives the first page only; what has more is read again as a whole. */
function hasMore({ statusCode, result }: Answer): boolean {
  return statusCode < 400 && isPage(result) && !result.done;
}

function resultOf({ statusCode, result }: Answer, { doing }: Waiting): unknown {
  if (statusCode < 400) return result;
  const [first] = [result].flat() as { errorCode?: string; message?: string }[];
  const refusal = Object.assign(new Error(first?.message ?? `HTTP ${statusCode}`), { errorCode: first?.errorCode });
  throw toOpencxError(refusal, doing);
}

/** A query that went alone comes as its rows, one of a batch as a page. */
function rowsOf<R>(result: unknown): R[] {
  return (isPage(result) ? result.records : result) as R[];
}
