import type { Check } from '../check.ts';
import type { Result } from './run-checks.ts';

/**
 * Findings that are to be mended, the most likely cause of all else first: what fails before what only warns, and among
 * those in the order given.
 * @param order the registry, or the path of a symptom
 */
export function causesAmong(results: readonly Result[], order: readonly Check['id'][]): Result[] {
  const rank = ({ check }: Result): number => {
    const at = order.indexOf(check.id);
    return at === -1 ? order.length : at;
  };
  const of = (...statuses: readonly Result['finding']['status'][]) =>
    results.filter(({ finding }) => statuses.includes(finding.status)).sort((one, other) => rank(one) - rank(other));
  return [...of('fail', 'crash'), ...of('warn')];
}
