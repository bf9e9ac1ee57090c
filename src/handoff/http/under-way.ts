/** Calls that are being answered. */
export interface UnderWay<Call, Answer> {
  readonly take: (call: Call) => Promise<Answer>;
  /** So many are being answered now. */
  readonly count: () => number;
}

/** Counts calls from their beginning to their answer. */
export function countUnderWay<Call, Answer>(take: (call: Call) => Promise<Answer>): UnderWay<Call, Answer> {
  let count = 0;
  return {
    take: async (call) => {
      count += 1;
      try {
        return await take(call);
      } finally {
        count -= 1;
      }
    },
    count: () => count,
  };
}
