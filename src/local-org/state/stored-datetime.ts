/** A moment as records keep it: ISO 8601 in UTC, to the second, e.g. `2026-01-02T03:04:05.000Z`. */
export function storedDatetime(moment: Date): string {
  return `${moment.toISOString().slice(0, 19)}.000Z`;
}
