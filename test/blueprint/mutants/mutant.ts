import type { OptionName } from '../variants.ts';

/** One fault that somebody could make in the generated Apex. It compiles, and the generated test class has to notice it. */
export interface Mutant {
  /** What is wrong, in a few words. */
  readonly name: string;
  /** Options the Apex is rendered with. */
  readonly variant: 'default' | OptionName;
  /** `class`, or the name of a trigger. */
  readonly file: 'class' | `Open${string}`;
  /** Occurs once in the file. */
  readonly find: string;
  readonly replace: string;
  /** Why no test can notice it; absent for all those that have to be noticed. */
  readonly survives?: string;
}
