import type { CheckContext } from '../check-context.ts';

/** Something that is read of an org (or of DNS) once a run, however many checks look at it. */
export interface Reading<T> {
  /** What is read, for docs/checks.md: the object and the API, or the question to DNS. */
  what: string;
  /** @throws OpencxError as the request does; each check that looks at it then says so in its own finding */
  read: (context: CheckContext) => Promise<T>;
}
