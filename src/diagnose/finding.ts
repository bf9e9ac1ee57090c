/** How a check ended. `skip` says that it had nothing to judge; `crash` that the check itself is broken. */
export type FindingStatus = 'pass' | 'warn' | 'fail' | 'skip' | 'crash';

/** One way to mend what was found. */
export interface Remedy {
  /** What to do, as a sentence. */
  text: string;
  /** The command that does it. */
  command?: string;
  /** Where it is done by hand: a page of Setup, or another one. */
  url?: string;
}

/** What a check found. */
export interface Finding {
  status: FindingStatus;
  /** One line. */
  summary: string;
  /** What was seen, as the org said it. */
  evidence: readonly string[];
  /** Most likely first; empty where nothing is to be mended. */
  remedy: readonly Remedy[];
  /** Whether `--fix` mends it. */
  fixable: boolean;
  /** The page about this check. */
  docsUrl: string;
  /** The same facts for programs. */
  data: Readonly<Record<string, unknown>>;
}

/** What a check says; the runner adds the page about it, and the command that mends it where there is one. */
export type Verdict = Omit<Finding, 'docsUrl' | 'fixable'> & {
  /** The fix of the check, if it has one, does not help against what was found. */
  byHand?: true;
};

/** What may be added to a verdict. */
export type VerdictDetails = Partial<Pick<Verdict, 'evidence' | 'remedy' | 'data' | 'byHand'>>;

function verdict(status: FindingStatus, summary: string, details: VerdictDetails): Verdict {
  return { status, summary, evidence: [], remedy: [], data: {}, ...details };
}

export const pass = (summary: string, details: VerdictDetails = {}): Verdict => verdict('pass', summary, details);
export const warn = (summary: string, details: VerdictDetails = {}): Verdict => verdict('warn', summary, details);
export const fail = (summary: string, details: VerdictDetails = {}): Verdict => verdict('fail', summary, details);
export const skip = (summary: string, details: VerdictDetails = {}): Verdict => verdict('skip', summary, details);
