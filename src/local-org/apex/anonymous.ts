import type { OrgState } from '../state/org-state.ts';
import type { LogLevels } from './logs/log-levels.ts';

/** Apex that is compiled, run and forgotten. */
export interface AnonymousRequest {
  readonly source: string;
  /** The running user. */
  readonly userId: string;
  /** Of the endpoint it came in by, e.g. `66.0`: what the code is compiled for. */
  readonly apiVersion: string;
  /** Levels that the request's DebuggingHeader asks for; undefined if it has none: then the answer carries no log. */
  readonly debugLevels?: LogLevels | undefined;
  /** The path that was called: `Operation` of the log that a trace flag keeps. */
  readonly operation?: string;
}

/** What `executeAnonymous` answers, whatever the protocol. */
export interface AnonymousResult {
  readonly compiled: boolean;
  /** Null if it compiled. */
  readonly compileProblem: string | null;
  /** 1-based place of the compile problem, or of what was thrown; -1 if all went well. */
  readonly line: number;
  readonly column: number;
  /** True if it compiled and nothing was thrown. */
  readonly success: boolean;
  /** `System.NullPointerException: Attempt to …`; null if nothing was thrown. */
  readonly exceptionMessage: string | null;
  /** `AnonymousBlock: line 1, column 1`, innermost first, one a line; null if nothing was thrown. */
  readonly exceptionStackTrace: string | null;
  /** The debug log, for requests that came with `debugLevels`. */
  readonly log?: string | undefined;
}

/** Compiles and runs anonymous Apex: its own faults are in the result, never thrown. */
export type RunAnonymous = (org: OrgState, request: AnonymousRequest) => Promise<AnonymousResult>;
