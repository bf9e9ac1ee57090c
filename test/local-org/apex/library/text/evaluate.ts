import { runApex } from '../../run-apex.ts';
import type { RunApexOptions } from '../../run-apex.ts';

/** What Apex expressions look like when they are printed. */
export async function evaluate(...expressions: readonly string[]): Promise<string[]> {
  return runApex(expressions.map((one) => `System.debug(${one});`).join('\n'));
}

/** `System.StringException: …` for each statement that throws, `nothing` for one that does not. */
export async function thrownBy(statements: readonly string[], options?: RunApexOptions): Promise<string[]> {
  const tried = statements.map(
    (one) => `try { ${one} System.debug('nothing'); }
      catch (Exception e) { System.debug(e.getTypeName() + ': ' + e.getMessage()); }`,
  );
  return runApex(tried.join('\n'), options);
}
