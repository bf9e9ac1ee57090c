import type { OrgState } from '../../state/org-state.ts';
import { toId18 } from '../../store/record-id.ts';

/**
 * Ref ids name the org and the case by their ids, without the zeros between prefix and number: `!00Dxx01gEW.!500xx0Yktl`
 * (since Winter '24) keeps six characters before them, `_00Dxx1gEW._500xxYktl` (before) five.
 */
const HEAD_LENGTH: Readonly<Record<string, number>> = { '!': 6, _: 5 };
const ID_LENGTH = 15;

/**
 * The case of a ref id without its `ref:`, as `Cases.getCaseIdFromEmailThreadId` takes it.
 * @returns undefined for another org's, for other texts, and for a case that is gone
 */
export function caseOfReferenceId(org: OrgState, reference: string): string | undefined {
  const [orgPart = '', casePart = '', ...more] = reference.split('.');
  if (more.length > 0 || expanded(orgPart) !== org.settings.organizationId) return undefined;
  const caseId = expanded(casePart);
  return caseId?.startsWith('500') === true ? org.records.get('Case', caseId)?.Id : undefined;
}

function expanded(part: string): string | undefined {
  const headLength = HEAD_LENGTH[part.charAt(0)];
  const short = part.slice(1);
  if (headLength === undefined || short.length < headLength || short.length > ID_LENGTH) return undefined;
  const number = short.slice(headLength);
  return toId18(short.slice(0, headLength) + number.padStart(ID_LENGTH - headLength, '0'));
}
