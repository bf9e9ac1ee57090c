/**
 * A task that is not begun again while it is under way: who presses twice wants it once.
 * @template {unknown[]} Given
 * @param {(...given: Given) => Promise<void>} task
 * @returns {(...given: Given) => Promise<void>}
 */
export function notTwice(task) {
  let isUnderWay = false;
  return async (...given) => {
    if (isUnderWay) return;
    isUnderWay = true;
    try {
      await task(...given);
    } finally {
      isUnderWay = false;
    }
  };
}
