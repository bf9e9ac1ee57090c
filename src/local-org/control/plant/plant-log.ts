import { putLogBody } from '../../apex/logs/log-bodies.ts';
import { RestError } from '../../http/rest-error.ts';
import { findUser } from '../../records/find-user.ts';
import type { OrgState } from '../../state/org-state.ts';
import { storedDatetime } from '../../state/stored-datetime.ts';
import type { PlantedLog } from './plant-requests.ts';

/**
 * Keeps a debug log that no transaction wrote, as an `ApexLog` row with its body. Nobody who listens for logs is told.
 * @returns id of the row
 * @throws RestError 400 for a user who does not exist
 */
export function plantLog(org: OrgState, log: PlantedLog): string {
  const userId = userOf(org, log);
  return org.transaction(() => {
    const row = org.records.insert(
      'ApexLog',
      {
        Application: log.application,
        DurationMilliseconds: log.durationMs,
        Location: log.location,
        LogLength: Buffer.byteLength(log.body),
        LogUserId: userId,
        Operation: log.operation,
        Request: log.request,
        StartTime: storedDatetime(log.startTime === undefined ? org.now() : new Date(log.startTime)),
        Status: log.status,
      },
      userId,
    );
    putLogBody(org, row.Id, log.body);
    return row.Id;
  });
}

function userOf(org: OrgState, { userId, username }: PlantedLog): string {
  const { adminUserId } = org.settings;
  const user = username === undefined ? org.records.get('User', userId ?? adminUserId) : findUser(org, username);
  if (user === undefined) throw new RestError(400, 'INVALID_USER', `There is no user ${username ?? userId ?? ''}.`);
  return user.Id;
}
