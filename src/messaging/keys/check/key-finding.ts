/** What was found of the files of one key. */
export interface KeyFinding {
  /** Which question it answers, e.g. `same-key`. */
  check: string;
  status: 'pass' | 'warn' | 'fail';
  /** One sentence. */
  summary: string;
  /** How it is mended. */
  remedy?: string;
}

export const pass = (check: string, summary: string): KeyFinding => ({ check, status: 'pass', summary });
export const warn = (check: string, summary: string, remedy: string): KeyFinding => ({
  check,
  status: 'warn',
  summary,
  remedy,
});
export const fail = (check: string, summary: string, remedy: string): KeyFinding => ({
  check,
  status: 'fail',
  summary,
  remedy,
});
