import type { RivalTrigger } from '../../provision/plan/hand-made.ts';
import type { CommandContext } from '../command-context.ts';

/** Asks what is to become of a trigger that does the same work as ours. @throws OpencxError INTERRUPTED on Ctrl-C */
export async function askAboutRival(context: CommandContext, rival: RivalTrigger): Promise<'deactivate' | 'keep'> {
  const { choose } = await import('../../terminal/prompt.ts');
  return await choose(
    context.terminal,
    `${rival.trigger.name} on ${rival.trigger.object ?? '?'} ${rival.evidence}. Two would do everything twice.`,
    [
      { value: 'deactivate', name: 'switch it off (a copy is kept)' },
      { value: 'keep', name: 'leave it as it is' },
    ],
  );
}
