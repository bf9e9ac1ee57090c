import { findCaseOwner } from '../../../mail/routing/case-owner.ts';
import { findUser } from '../../../records/find-user.ts';
import { isEmailAddress } from '../../../records/save/coerce-value.ts';
import { emailToCaseOf, readEmailToCase } from '../../../settings/email-to-case.ts';
import { mergedSettings, settingsOf } from '../../../settings/settings-documents.ts';
import type { OrgState } from '../../../state/org-state.ts';
import { listOf, textOf } from '../../elements/metadata-value.ts';
import type { MetadataValue } from '../../elements/metadata-value.ts';
import { elementsOf } from '../../types/element-schema.ts';
import { notImplementedProblem } from '../not-implemented.ts';
import { routingListProblem } from './routing-addresses.ts';

/** Texts of CaseSettings that do something here; all others name templates and classes. */
const knownTexts = new Set(['defaultCaseOwner', 'defaultCaseOwnerType', 'defaultCaseUser', 'systemUserEmail']);

/**
 * Why a write of CaseSettings is refused; undefined if it is not. Only what the write mentions is looked at, as the
 * platform does. Where Salesforce's sentence is not public, ours stands in.
 */
export function caseSettingsProblem(org: OrgState, value: MetadataValue): string | undefined {
  const block = (value['emailToCase'] ?? {}) as MetadataValue;
  return (
    strangerProblem(value, block) ??
    ownerProblem(org, value) ??
    caseUserProblem(org, value) ??
    switchProblem(org, value, block) ??
    routingListProblem(org, value)
  );
}

function strangerProblem(value: MetadataValue, block: MetadataValue): string | undefined {
  // The platform looks at the case feed whenever it is mentioned, and this org has no Chatter.
  if (listOf(value, 'caseFeedItemSettings').length > 0) {
    return 'The setup requirements for Case Feed Items has to be enabled.';
  }
  const schema = elementsOf('CaseSettings');
  const text = Object.keys(value).find(
    (name) => schema?.get(name)?.kind === 'string' && !knownTexts.has(name) && textOf(value, name) !== undefined,
  );
  if (text !== undefined) return notImplementedProblem(`the element ${text} of CaseSettings`);
  if (block['enableE2CExternalServer'] === true) {
    return notImplementedProblem('the element enableE2CExternalServer of EmailToCaseSettings');
  }
  return undefined;
}

function ownerProblem(org: OrgState, value: MetadataValue): string | undefined {
  const owner = textOf(value, 'defaultCaseOwner');
  const type = textOf(value, 'defaultCaseOwnerType');
  if (owner === undefined) return undefined;
  if (type !== 'User' && type !== 'Queue') return 'Missing or invalid defaultCaseOwnerType: it must be User or Queue';
  if (findCaseOwner(org, owner, type) !== undefined) return undefined;
  return `In field: defaultCaseOwner - no ${type} named ${owner} found`;
}

function caseUserProblem(org: OrgState, value: MetadataValue): string | undefined {
  const user = textOf(value, 'defaultCaseUser');
  const bySystem = value['useSystemUserAsDefaultCaseUser'] === true;
  if (user !== undefined && bySystem) {
    return 'You can specify either defaultCaseUser or useSystemUserAsDefaultCaseUser, but not both';
  }
  if (user !== undefined && findUser(org, user)?.['IsActive'] !== true) {
    return `In field: defaultCaseUser - no User named ${user} found`;
  }
  const email = textOf(value, 'systemUserEmail');
  if (email !== undefined && !isEmailAddress(email)) return `systemUserEmail: invalid email address: ${email}`;
  const known = email ?? textOf(settingsOf(org, 'Case'), 'systemUserEmail');
  return bySystem && known === undefined ? "Enter the system user's email address" : undefined;
}

function switchProblem(org: OrgState, value: MetadataValue, block: MetadataValue): string | undefined {
  const now = emailToCaseOf(org);
  const then = readEmailToCase(mergedSettings(settingsOf(org, 'Case'), value));
  if (now.enabled && !then.enabled) return "Email-to-Case can't be disabled after it's been enabled.";
  if (then.onDemand && !then.enabled) return 'Enable Email-to-Case before you enable On-Demand Service.';
  if (block['enableThreadIDInBody'] === true || block['enableThreadIDInSubject'] === true) {
    return 'Ref IDs are not available in an org with Lightning Threading: use enableThreadTokenInBody and enableThreadTokenInSubject';
  }
  if (now.onDemand || !then.onDemand) return undefined;
  if (then.defaultCaseOwner === undefined) return 'On-Demand Email-to-Case requires a Default Case Owner';
  if (then.defaultCaseUser === undefined && !then.systemUserIsCaseUser) {
    return 'On-Demand Email-to-Case requires an Automated Case User';
  }
  return undefined;
}
