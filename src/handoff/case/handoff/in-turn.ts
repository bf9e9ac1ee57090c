/** Does work of one key after another, that of different keys side by side. A key in another process is not known here. */
export function takeTurns(): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const turns = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const before = turns.get(key) ?? Promise.resolve();
    // What became of the one before is told to whoever asked for it.
    const own = before.then(work, work);
    turns.set(key, own);
    try {
      return await own;
    } finally {
      if (turns.get(key) === own) turns.delete(key);
    }
  };
}
