import type { Org } from '../../salesforce/org.ts';
import type { Judged } from '../delivery/attempt-outcome.ts';
import type { Carrier } from '../delivery/carrier.ts';
import type { Happening } from '../session/happening.ts';
import { traceparentOf } from '../http/trace-id.ts';
import { changeBy } from '../session/session-change.ts';
import type { StoredEvent } from '../store/handoff-store.ts';
import type { SessionChange } from '../store/session-book.ts';
import { caseOrg, type CaseOrg } from './case-org.ts';
import { failedCarry } from './failed-carry.ts';
import { handoffTasks, type HandoffPorts } from './handoff/handoff-task.ts';
import { messageTask, type MessagePorts } from './mail/message-task.ts';
import type { CaseTask } from './task.ts';
import { Unfit } from './unfit.ts';

/** Kind of the deliveries that go to Cases; their target is the instance URL as `URL.href` writes it. */
export const caseKind = 'case';

/**
 * A POST that was left goes on: so long it may be until what it makes is found, in milliseconds. Salesforce gives a transaction ten
 * seconds of computing, and waits for its own database beside that.
 */
const settlesMs = 30_000;

export interface CaseCarrierPorts extends HandoffPorts {
  readonly store: HandoffPorts['store'] & MessagePorts['store'];
  /** Of the integration user: our trigger sends what that user saves. @throws OpencxError those of the login */
  readonly org: () => Promise<Org> | Org;
  /** Where events of sessions without a URL of their own are posted to. */
  readonly callbackUrl: URL | undefined;
}

/** Brings handoffs and messages of the channel email to Cases. */
export function caseCarrier(ports: CaseCarrierPorts): Carrier {
  const { clock, callbackUrl } = ports;
  const handoffTask = handoffTasks(ports);

  async function taskOf(event: StoredEvent): Promise<CaseTask> {
    if (event.name === 'handoff') return handoffTask(event);
    if (event.name === 'message') return messageTask(event, ports);
    throw new Unfit(`An event ${event.name} does not go to a Case.`);
  }

  function changeOf(
    task: CaseTask,
    judged: Judged,
    happened: Happening | undefined,
    traceparent: string | undefined,
  ): SessionChange | undefined {
    const what = judged.state === 'dead' ? task.dead(judged.reason) : happened;
    if (judged.state === 'pending' || what === undefined) return undefined;
    return changeBy(task.sessionId, what, { at: clock.now(), traceparent, callbackUrl });
  }

  return {
    kinds: [caseKind],
    carry: async (event, { target }, signal) => {
      const startedAt = clock.now();
      const traceparent = traceparentOf(event.headers);
      let task: CaseTask | undefined;
      let org: CaseOrg | undefined;
      let happened: Happening | undefined;
      const tried = (request = org?.lastRequest() ?? { method: 'POST', url: target }) => ({
        startedAt,
        endedAt: clock.now(),
        request: { ...request, headers: traceparent === undefined ? [] : [['traceparent', traceparent] as const] },
      });
      const attempt = async () => {
        task = await taskOf(event);
        org = caseOrg(await ports.org(), traceparent, signal);
        const { shown, happening } = await task.work(org, signal);
        happened = happening;
        const response = { status: 200, headers: [], body: new TextEncoder().encode(JSON.stringify(shown)) };
        return { attempt: { ...tried(org.lastWrite()), response }, farSide: 'answered' } as const;
      };
      const carried = await attempt().catch((error: unknown) => failedCarry(error, tried(), signal));
      const isWriting = signal.aborted && org !== undefined && org.lastRequest() === org.lastWrite();
      return {
        ...carried,
        ...(isWriting ? { settlesMs } : {}),
        change: (judged) => (task === undefined ? undefined : changeOf(task, judged, happened, traceparent)),
      };
    },
    close: async () => {},
  };
}
