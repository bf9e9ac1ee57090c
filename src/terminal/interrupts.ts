export interface Interrupts {
  /** Aborted by the first SIGINT, SIGTERM or SIGHUP. */
  readonly signal: AbortSignal;
  stop(): void;
}

/**
 * First Ctrl-C: the command is asked to end cleanly and say what goes on without it. Second: the process dies of the signal,
 * as every shell expects.
 */
export function watchInterrupts(): Interrupts {
  const controller = new AbortController();
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const onSignal = (name: NodeJS.Signals) => {
    if (controller.signal.aborted) {
      stop();
      process.kill(process.pid, name);
      return;
    }
    controller.abort(new DOMException('interrupted', 'AbortError'));
  };
  for (const name of names) process.on(name, onSignal);
  const stop = () => {
    for (const name of names) process.off(name, onSignal);
  };
  return { signal: controller.signal, stop };
}
