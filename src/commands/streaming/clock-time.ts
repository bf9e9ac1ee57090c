/** The time of day in the time zone of this machine, with the day where it is not today. */
export function clockTime(time: number, now: number): string {
  const day = (date: Date) => [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  const date = new Date(time);
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  return day(date) === day(new Date(now)) ? clock : `${day(date)} ${clock}`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
