/** Work that only one process at a time may do, by a key that all of them know. */
export interface Turns {
  /**
   * Takes the turn of a key, or keeps it longer.
   * @param key of any length @param owner names who asks; another time it is another one
   * @returns false if another owner has it, and its lease has not run out
   */
  takeTurn(owner: string, key: string, now: number, leaseMs: number): Promise<boolean>;
  /** Gives it back; nothing happens if it is no longer this owner's. */
  endTurn(owner: string, key: string): Promise<void>;
}
