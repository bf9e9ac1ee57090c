/** Exit codes of the program. A time-out is `stillRunning`, never `failed`: the org goes on working. */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  auth: 4,
  partial: 68,
  stillRunning: 69,
  interrupted: 130,
} as const;
