import type { WebhookContract } from '../../../blueprint/webhook-contract.ts';
import { isOwnPlace } from '../../../handoff/export/own-place.ts';
import type { ServeEvent, ServeListener } from '../../../handoff/serve-event.ts';
import type { HandoffStore } from '../../../handoff/store/handoff-store.ts';
import type { CommandContext } from '../../command-context.ts';
import { openInspector } from './open-inspector.ts';
import { replayLast } from './replay-last.ts';
import { openServeScreen } from './serve-screen.ts';

/** Whoever watches a `serve`: what is shown, what keys do, and what is counted for the end. */
export interface ServeWatch {
  readonly hear: ServeListener;
  /** Shows what came so far, and from now on what comes. */
  begin(): void;
  /** What key o opens; undefined if there is none. */
  knowInspector(url: string | undefined): void;
  /** Aborted by key q. */
  readonly left: AbortSignal;
  counts(): { readonly accepted: number; readonly delivered: number };
  /** Resolves when what keys have begun is done. */
  settled(): Promise<void>;
  close(): void;
}

export function openServeWatch(context: CommandContext, contract: WebhookContract, store: HandoffStore): ServeWatch {
  const counts = { accepted: 0, delivered: 0 };
  let last: string | undefined;
  let inspectorUrl: string | undefined;
  const replaying = new Set<Promise<void>>();
  // What happens before it is said where: the worker begins at once with what an earlier run has left.
  let early: ServeEvent[] | undefined = [];
  const replay = () => {
    const work = replayLast(context, store, last, (text) => screen.note(text)).finally(() => replaying.delete(work));
    replaying.add(work);
  };
  const look = () => void openInspector(inspectorUrl, (text) => screen.note(text));
  const keys = new Map([
    ['r', replay],
    ['o', look],
  ]);
  const screen = openServeScreen(context, contract, keys);
  return {
    hear: (event) => {
      if (event.type === 'accepted') {
        counts.accepted++;
        last = event.eventId;
      }
      const isGiven = event.type === 'handoff-accepted' || event.type === 'message-accepted';
      if (isGiven && !event.duplicate) counts.accepted++;
      if (event.type === 'delivered' && !isOwnPlace(event.target)) counts.delivered++;
      if (early === undefined) screen.event(event);
      else early.push(event);
    },
    begin: () => {
      for (const event of early ?? []) screen.event(event);
      early = undefined;
    },
    knowInspector: (url) => {
      inspectorUrl = url;
    },
    left: screen.left,
    counts: () => ({ ...counts }),
    settled: async () => {
      await Promise.all(replaying);
    },
    close: () => screen.close(),
  };
}
