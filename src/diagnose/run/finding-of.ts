import type { Check } from '../check.ts';
import type { Finding, Verdict } from '../finding.ts';

/** Where a check is described, from the root of the package. */
export function docsUrlOf({ id }: Pick<Check, 'id'>): string {
  return `docs/checks.md#${id.replaceAll('.', '')}`;
}

/** A verdict with the page about its check, and with the command that mends it before all other remedies. */
export function findingOf(check: Check, { byHand, ...verdict }: Verdict): Finding {
  const wanting = verdict.status === 'fail' || verdict.status === 'warn';
  const fixable = wanting && check.fix !== undefined && byHand !== true;
  const fix = { text: 'Let opencx-sf mend it', command: `opencx-sf verify ${check.id} --fix` };
  return {
    ...verdict,
    remedy: fixable ? [fix, ...verdict.remedy] : verdict.remedy,
    fixable,
    docsUrl: docsUrlOf(check),
  };
}
