import type { MetadataProblem } from '../elements/metadata-problem.ts';
import { textOf } from '../elements/metadata-value.ts';
import type { CandidateComponent, RuleContext } from '../rules/rule-context.ts';
import { declaredTypeName, readTriggerHeader } from './trigger-header.ts';

/** The oldest version Apex can be saved with. */
const oldestApexVersion = 8;

/**
 * What can be said of Apex before it is compiled: its version, its status, and that the file is named as what it
 * declares. "File name mismatch with class name" is Salesforce's wording.
 */
export function checkApexFile(component: CandidateComponent, { org }: RuleContext): MetadataProblem | undefined {
  const version = Number(component.value['apiVersion']);
  if (!Number.isInteger(version) || version < oldestApexVersion || version > Number(org.settings.apiVersion)) {
    return { message: `Invalid version specified: ${formatVersion(version)}` };
  }
  if (textOf(component.value, 'status') === 'Deleted') {
    return { message: 'LOCAL_ORG_NOT_IMPLEMENTED: The local org does not implement deleting Apex by status Deleted.' };
  }
  const declared = declaredName(component);
  // A source that declares nothing is for the compiler to refuse, with a place.
  if (declared === undefined || declared.toLowerCase() === component.fullName.toLowerCase()) return undefined;
  return {
    message: `File name mismatch with ${component.type === 'ApexClass' ? 'class' : 'trigger'} name: ${declared}`,
  };
}

function declaredName({ type, body }: CandidateComponent): string | undefined {
  return type === 'ApexClass' ? declaredTypeName(body ?? '') : readTriggerHeader(body ?? '')?.name;
}

/** API versions are written with one decimal: `66.0`. */
export function formatVersion(version: number): string {
  return Number.isInteger(version) ? version.toFixed(1) : String(version);
}
