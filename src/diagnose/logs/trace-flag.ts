import type { Org } from '../../salesforce/org.ts';
import { debugLevelName, deleteRecord, ensureDebugLevel, removeUnusedLevel } from './debug-level.ts';
import { apiTime, orgTime, readTraceFlags, type TraceFlag } from './trace-flag-rows.ts';

/** A live flag, and how it came to live. */
export interface Trace {
  flag: TraceFlag;
  /** `found` as it was; `extended` by us, somebody else's; `made` by us. */
  origin: 'found' | 'extended' | 'made';
}

/** What became of the flags that were made or extended. */
export interface TraceRelease {
  outcome: 'untouched' | 'removed' | 'put-back' | 'failed';
  /** Why something of it could not be done; whatever is left expires by itself. */
  problems: readonly string[];
}

/** Keeps a user traced, with one flag at a time. */
export interface TraceHold {
  /**
   * Sees to it that a flag lives on for a while: the one there is, extended if need be, otherwise a new one.
   * @param atLeastMs a flag that lives shorter than this is extended
   * @param windowMs how long a flag that is made or extended lives from now on; Salesforce allows less than 24 hours
   * @throws OpencxError as the requests do
   */
  keep(atLeastMs: number, windowMs: number): Promise<Trace>;
  /** Takes back what {@link keep} did: deletes a flag made here, puts the times of another one back. Throws nothing. */
  release(): Promise<TraceRelease>;
}

/** A flag of somebody else, as it was before it was extended. */
interface Extended {
  start: number | undefined;
  expires: number;
  /** What was written over it, in milliseconds since 1970. */
  written: number;
}

const dayMs = 24 * 3_600_000;
const minuteMs = 60_000;

/**
 * Opens what keeps a user traced; writes nothing yet. Two live flags for one user are refused by Salesforce, so that a flag
 * somebody else has set is used as it is, with its own level, and only made to live longer.
 */
export function openTraceHold(org: Org, userId: string): TraceHold {
  const made = new Set<string>();
  const extended = new Map<string, Extended>();
  let levelId: string | undefined;

  const make = async (now: number, expires: number): Promise<Trace> => {
    const asked = apiTime(expires);
    levelId = await ensureDebugLevel(org);
    try {
      const times = { StartDate: apiTime(now), ExpirationDate: asked };
      const body = { TracedEntityId: userId, LogType: 'USER_DEBUG', DebugLevelId: levelId, ...times };
      const { id } = await org.rest<{ id: string }>(
        'POST',
        '/tooling/sobjects/TraceFlag',
        'setting a trace flag',
        body,
      );
      made.add(id);
      const level = { debugLevelId: levelId, debugLevel: debugLevelName, apexCode: 'DEBUG' };
      return { origin: 'made', flag: { id, start: now, expires: Date.parse(asked), ...level } };
    } catch (error) {
      // Somebody may have set one at the same moment, or ours was set and the answer was lost on its way.
      const flag = (await readTraceFlags(org, userId)).find((one) => begins(one) <= now + minuteMs);
      if (flag === undefined) throw error;
      const isOurs = flag.debugLevelId === levelId && flag.expires === Date.parse(asked);
      if (isOurs) made.add(flag.id);
      return { origin: isOurs ? 'made' : 'found', flag };
    }
  };

  const extend = async (flag: TraceFlag, now: number, until: number): Promise<Trace> => {
    const expires = Date.parse(apiTime(until));
    // A start too far back would make the flag longer than Salesforce allows; without one its making counts.
    const start = flag.start === undefined || expires - flag.start >= dayMs ? now : flag.start;
    const times = { StartDate: apiTime(start), ExpirationDate: apiTime(expires) };
    await org.rest('PATCH', `/tooling/sobjects/TraceFlag/${flag.id}`, 'extending a trace flag', times);
    if (!made.has(flag.id)) {
      const before = extended.get(flag.id) ?? flag;
      extended.set(flag.id, { start: before.start, expires: before.expires, written: expires });
    }
    return { origin: made.has(flag.id) ? 'made' : 'extended', flag: { ...flag, start, expires } };
  };

  return {
    async keep(atLeastMs, windowMs) {
      const flags = await readTraceFlags(org, userId);
      const now = orgTime(org);
      // One that begins within a minute is as good as live: to set another for seconds would only stand in its way.
      const flag = flags.find((one) => begins(one) <= now + minuteMs);
      const next = Math.min(
        ...flags
          .filter((one) => one.id !== flag?.id)
          .map(begins)
          .filter((start) => start > now),
      );
      const until = Math.min(now + windowMs, next - 1000);
      if (flag === undefined) return await make(now, until);
      if (flag.expires - now < atLeastMs && until > flag.expires) return await extend(flag, now, until);
      return { origin: made.has(flag.id) ? 'made' : extended.has(flag.id) ? 'extended' : 'found', flag };
    },
    async release() {
      const problems: string[] = [];
      const attempt = async (work: () => Promise<void>): Promise<void> => {
        try {
          await work();
        } catch (error) {
          problems.push(error instanceof Error ? error.message : String(error));
        }
      };
      for (const id of made) await attempt(() => deleteRecord(org, 'TraceFlag', id));
      for (const [id, before] of extended) await attempt(() => putBack(org, userId, id, before));
      const level = levelId;
      if (level !== undefined) await attempt(() => removeUnusedLevel(org, level));
      if (problems.length > 0) return { outcome: 'failed', problems };
      return { outcome: made.size > 0 ? 'removed' : extended.size > 0 ? 'put-back' : 'untouched', problems };
    },
  };
}

/** A flag without a start began when it was made. */
function begins({ start }: TraceFlag): number {
  return start ?? 0;
}

/** Gives a flag its own times again, unless somebody has changed or deleted it meanwhile: theirs counts. */
async function putBack(org: Org, userId: string, id: string, before: Extended): Promise<void> {
  const now = (await readTraceFlags(org, userId)).find((flag) => flag.id === id);
  if (now === undefined || now.expires !== before.written) return;
  const write = (expires: number) =>
    org.rest('PATCH', `/tooling/sobjects/TraceFlag/${id}`, 'putting a trace flag back', {
      ExpirationDate: apiTime(expires),
      StartDate: before.start === undefined ? null : apiTime(before.start),
    });
  try {
    await write(before.expires);
  } catch (error) {
    // It would have expired by now, and Salesforce may take no time that has passed: then it expires in a minute.
    if (before.expires > orgTime(org)) throw error;
    await write(orgTime(org) + minuteMs);
  }
}
