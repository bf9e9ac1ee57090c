import type { MetadataProblem } from '../elements/metadata-problem.ts';

/** One row of a deployment's details, as the Metadata API's DeployMessage. */
export interface DeployMessage {
  readonly changed: boolean;
  readonly columnNumber?: number;
  /** Empty for manifests; never missing, since clients read it as text. */
  readonly componentType: string;
  readonly created: boolean;
  /** ISO 8601, UTC. */
  readonly createdDate: string;
  readonly deleted: boolean;
  readonly fileName: string;
  readonly fullName: string;
  readonly id?: string;
  readonly lineNumber?: number;
  readonly problem?: string;
  readonly problemType?: 'Error' | 'Warning';
  readonly success: boolean;
}

/** Which component a message is about. */
export interface MessageSubject {
  readonly componentType: string;
  readonly fullName: string;
  readonly fileName: string;
}

/**
 * A row that tells of a failure. `created` and `changed` are false: clients take a row with either for a success whatever
 * else it says.
 */
export function failureMessage(subject: MessageSubject, problem: MetadataProblem, createdDate: string): DeployMessage {
  return {
    ...subjectOf(subject),
    changed: false,
    created: false,
    createdDate,
    deleted: false,
    ...placeOf(problem),
    problem: problem.message,
    problemType: 'Error',
    success: false,
  };
}

/** A row that warns and does not fail. */
export function warningMessage(subject: MessageSubject, problem: MetadataProblem, createdDate: string): DeployMessage {
  return { ...failureMessage(subject, problem, createdDate), problemType: 'Warning', success: true };
}

/** A row that tells of success: what was created is changed too. */
export function successMessage(
  subject: MessageSubject,
  state: 'created' | 'changed' | 'unchanged' | 'deleted',
  createdDate: string,
  id: string | undefined,
): DeployMessage {
  return {
    ...subjectOf(subject),
    changed: state === 'created' || state === 'changed',
    created: state === 'created',
    createdDate,
    deleted: state === 'deleted',
    ...(id === undefined ? {} : { id }),
    success: true,
  };
}

/** A row of success with something to be said all the same. */
export function withWarning(message: DeployMessage, problem: string | undefined): DeployMessage {
  return problem === undefined ? message : { ...message, problem, problemType: 'Warning' };
}

function subjectOf({ componentType, fullName, fileName }: MessageSubject): MessageSubject {
  return { componentType, fullName, fileName };
}

function placeOf({ line, column }: MetadataProblem): { lineNumber?: number; columnNumber?: number } {
  return {
    ...(line === undefined ? {} : { lineNumber: line }),
    ...(column === undefined ? {} : { columnNumber: column }),
  };
}
