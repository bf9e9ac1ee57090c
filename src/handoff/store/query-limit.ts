const largestLimit = 1_000;

/** How many may be asked for at once. @throws RangeError if it is not 1 to 1,000 */
export function checkLimit(limit: number): void {
  if (Number.isInteger(limit) && limit >= 1 && limit <= largestLimit) return;
  throw new RangeError(`the limit is ${limit}, not 1 to ${largestLimit}`);
}
