import type { CommandContext } from '../command-context.ts';

/** Aborted when a pipe that is written to is closed at its other end, as `head` does when it has enough. */
export function readerGone({ terminal, onEnd }: CommandContext): AbortSignal {
  const gone = new AbortController();
  const { stdout } = terminal.streams;
  const leave = () => gone.abort();
  stdout.once('error', leave);
  onEnd(async () => {
    stdout.off('error', leave);
  });
  return gone.signal;
}
