import type { CommandContext } from '../command-context.ts';
import { deliveryText } from './present-event.ts';
import type { EventsReplayResult } from './result-schema.ts';

/** Each replay with what became of it, and what the far side answered. */
export function replaysText(context: CommandContext, replays: EventsReplayResult['replays']): string {
  const colour = context.terminal.outColour;
  return replays
    .map((replay) =>
      [
        `${colour.bold(replay.id)}  ${replay.event}, replay of ${replay.replayOf ?? ''}`,
        ...replay.deliveries.map((delivery) => deliveryText(context, delivery, 'bodies')),
      ].join('\n'),
    )
    .join('\n\n');
}
