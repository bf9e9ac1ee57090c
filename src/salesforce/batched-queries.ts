import { OpencxError } from '../errors/opencx-error.ts';
import { toOpencxError } from './org-errors.ts';
import type { Org } from './org.ts';

/** Sub-requests that one batch takes (REST API guide, Composite Batch). */
const batchSize = 25;

interface Waiting {
  soql: string;
  doing: string;
  resolve: (rows: unknown[]) => void;
  reject: (error: unknown) => void;
}

interface BatchAnswer {
  results?: readonly { statusCode: number; result: unknown }[];
}

/**
 * The same org, whose queries travel together: those asked for in one turn become one `composite/batch` request for the data
 * API and one for the Tooling API. Who asks notices nothing of it, and gets each answer or error alone.
 * An org that refuses batches is asked one by one.
 */
export function withBatchedQueries(org: Org): Org {
  const data = collector(org, '', (soql, doing) => org.query(soql, doing));
  const tooling = collector(org, '/tooling', (soql, doing) => org.toolingQuery(soql, doing));
  return {
    ...org,
    query: async <R>(soql: string, doing: string) => (await data(soql, doing)) as R[],
    toolingQuery: async <R>(soql: string, doing: string) => (await tooling(soql, doing)) as R[],
  };
}

type Query = (soql: string, doing: string) => Promise<unknown[]>;

function collector(org: Org, api: '' | '/tooling', alone: Query): (soql: string, doing: string) => Promise<unknown[]> {
  let waiting: Waiting[] = [];
  const send = async (): Promise<void> => {
    const all = waiting;
    waiting = [];
    const groups = Array.from({ length: Math.ceil(all.length / batchSize) }, (_, index) =>
      all.slice(index * batchSize, (index + 1) * batchSize),
    );
    await Promise.all(groups.map((group) => sendGroup(org, api, alone, group)));
  };
  return async (soql, doing) =>
    await new Promise<unknown[]>((resolve, reject) => {
      if (waiting.length === 0) setImmediate(() => void send());
      waiting.push({ soql, doing, resolve, reject });
    });
}

async function sendGroup(org: Org, api: '' | '/tooling', alone: Query, group: readonly Waiting[]): Promise<void> {
  const results = group.length === 1 ? undefined : batch(org, api, group);
  await Promise.all(
    group.map(async (one, index) => {
      try {
        const answer = (await results)?.[index];
        one.resolve(answer === undefined ? await alone(one.soql, one.doing) : await rowsOf(answer, one, alone));
      } catch (error) {
        one.reject(error);
      }
    }),
  );
}

/** @returns undefined where the org has no batches; each query then goes alone and meets its own fate */
async function batch(
  org: Org,
  api: '' | '/tooling',
  group: readonly Waiting[],
): Promise<NonNullable<BatchAnswer['results']> | undefined> {
  const batchRequests = group.map(({ soql }) => ({
    method: 'GET',
    url: `v${org.apiVersion}${api}/query?q=${encodeURIComponent(soql)}`,
  }));
  try {
    const { results } = await org.rest<BatchAnswer>('POST', `${api}/composite/batch`, 'reading the org', {
      batchRequests,
    });
    return results?.length === group.length ? results : undefined;
  } catch (error) {
    if (error instanceof OpencxError && error.code === 'AUTH_FAILED') throw error;
    return undefined;
  }
}

async function rowsOf(
  { statusCode, result }: { statusCode: number; result: unknown },
  { soql, doing }: Waiting,
  alone: Query,
): Promise<unknown[]> {
  if (statusCode >= 400) {
    const [first] = [result].flat() as { errorCode?: string; message?: string }[];
    const refusal = Object.assign(new Error(first?.message ?? `HTTP ${statusCode}`), { errorCode: first?.errorCode });
    throw toOpencxError(refusal, doing);
  }
  const { done, records } = result as { done: boolean; records: unknown[] };
  // A batch gives the first page only; what has more is read again as a whole.
  return done ? records : await alone(soql, doing);
}
