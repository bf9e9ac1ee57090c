import type { Session } from '../session/session.ts';
import type { ApiPorts } from './api-ports.ts';
import { ApiProblem } from './problem.ts';
import { readQuery } from './read-input.ts';
import { sessionsQuery } from './schema/queries.ts';
import { afterPlace, placeOf } from './schema/session-place.ts';
import { sessionToJson, type SessionPage } from './schema/session-json.ts';
import { readStore } from './take-input.ts';

/** Sessions by what a query asks for. @throws ApiProblem 400, 503 */
export async function listSessions(query: Record<string, string>, ports: ApiPorts): Promise<SessionPage> {
  const { before, limit, ...wanted } = readQuery(query, sessionsQuery);
  // One more than is shown tells whether there are more.
  const found = await readStore(ports, (store) =>
    store.sessions({
      ...wanted,
      ...(before === undefined ? {} : afterPlace(before)),
      limit: limit + 1,
    }),
  );
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const sessions = shown.map(sessionToJson);
  return { sessions, ...(found.length > limit && last !== undefined ? { before: placeOf(last) } : {}) };
}

/** @param id as a path has it @throws ApiProblem 404, 503 */
export async function knownSession(ports: ApiPorts, id: string): Promise<Session> {
  const session = await readStore(ports, (store) => store.session(id.toLowerCase()));
  if (session === undefined) throw new ApiProblem('unknown-session', 'No session with this id was handed off here.');
  return session;
}
