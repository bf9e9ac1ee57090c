import { limitError } from '../../../values/exception.ts';

/** How often one input may be looked at (Apex Developer Guide, "Pattern and Matcher Classes"). */
const maxAccesses = 1_000_000;

/** What a regular expression is matched against, and what has been found in it so far. */
export class Attempt {
  readonly text: string;
  /** The region that may match. */
  from = 0;
  to: number;
  /** Whether `^` and `$` take the region's ends for those of the input. */
  anchoringBounds = true;
  /** Whether lookaround sees beyond the region. */
  transparentBounds = false;
  /** Start and end of each group, -1 where it has not taken part: group 1 at 2 and 3. */
  groups: number[] = [];
  /** Where captures that are open have begun, by group. */
  opened: number[] = [];
  /** Rounds of the loops that are under way, and where the last round began. */
  rounds: number[] = [];
  roundStarts: number[] = [];
  /** Where the last finished part ended. */
  end = 0;
  /** Whether the whole region has to match. */
  whole = false;
  /** Where the match before ended, for `\G`; -1 before the first, when it is the region's start. */
  previousEnd = -1;
  /** Where a look-behind has to end. */
  behindEnd = 0;
  /** Whether the end of the input was looked at, and whether more input could make the match fail. */
  hitEnd = false;
  requireEnd = false;
  #accesses = 0;

  constructor(text: string) {
    this.text = text;
    this.to = text.length;
  }

  /** @throws ApexThrown System.LimitException `Regex too complicated` */
  codePointAt(at: number): number {
    this.#count();
    return this.text.codePointAt(at) ?? 0;
  }

  /** One UTF-16 unit. @throws as `codePointAt` */
  unitAt(at: number): number {
    this.#count();
    return this.text.charCodeAt(at);
  }

  #count(): void {
    this.#accesses += 1;
    if (this.#accesses > maxAccesses) throw tooComplicated();
  }
}

/** Salesforce ends the transaction: nothing catches it. */
export function tooComplicated(): Error {
  return limitError('Regex too complicated');
}
