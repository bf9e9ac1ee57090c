import { OpencxError } from '../../errors/opencx-error.ts';
import type { RivalTrigger } from './hand-made.ts';

/** What was said about rival triggers: by flags, or by a person who is asked for each. */
export interface RivalWishes {
  /** Names given to --deactivate. */
  deactivate: readonly string[];
  /** Names given to --keep. */
  keep: readonly string[];
  /** Asks a person; undefined where nobody can be asked. */
  ask?: (rival: RivalTrigger) => Promise<'deactivate' | 'keep'>;
}

export interface RivalDecision {
  switchOff: RivalTrigger[];
  keep: RivalTrigger[];
}

/**
 * Decides for each rival trigger. `--yes` covers those that are OpenCX's own older installation; one that merely mails
 * customers may be the customer's, so it must be named.
 * @throws OpencxError CONFIRMATION_REQUIRED naming every trigger nobody decided about
 */
export async function decideRivals(
  rivals: readonly RivalTrigger[],
  wishes: RivalWishes,
  yes: boolean,
): Promise<RivalDecision> {
  const decision: RivalDecision = { switchOff: [], keep: [] };
  const open: RivalTrigger[] = [];
  for (const rival of rivals) {
    const verdict = spoken(rival, wishes, yes) ?? (await wishes.ask?.(rival));
    if (verdict === 'deactivate') decision.switchOff.push(rival);
    else if (verdict === 'keep') decision.keep.push(rival);
    else open.push(rival);
  }
  if (open.length > 0) throw undecided(open);
  return decision;
}

function spoken(rival: RivalTrigger, wishes: RivalWishes, yes: boolean): 'deactivate' | 'keep' | undefined {
  const named = (names: readonly string[]) =>
    names.some((name) => name.toLowerCase() === rival.trigger.name.toLowerCase());
  if (named(wishes.keep)) return 'keep';
  if (named(wishes.deactivate)) return 'deactivate';
  return yes && rival.kind === 'opencx' ? 'deactivate' : undefined;
}

function undecided(open: readonly RivalTrigger[]): OpencxError {
  const list = open
    .map((rival) => `${rival.trigger.name} on ${rival.trigger.object ?? '?'} (${rival.evidence})`)
    .join('; ');
  return new OpencxError('CONFIRMATION_REQUIRED', {
    message: `The org has active triggers that do the same work, so customers would get every mail or OpenCX every event twice: ${list}. Nothing was sent.`,
    details: { triggers: open.map((rival) => rival.trigger.name) },
    nextSteps: open.map(
      (rival) =>
        `--deactivate ${rival.trigger.name} switches it off (a copy is kept); --keep ${rival.trigger.name} leaves it as it is.`,
    ),
  });
}
