import type { OrgState } from '../../state/org-state.ts';

/**
 * Standard objects whose rows are an org's data. All others manage the org or describe it (User, Profile, Group,
 * PermissionSet, ApexClass, AsyncApexJob, RecordType, …), and a test sees those that are there (Apex Developer Guide,
 * "Isolation of Test Data from Organization Data in Unit Tests").
 */
const dataObjects: readonly string[] = [
  'Account',
  'AgentWork',
  'Attachment',
  'Case',
  'CaseComment',
  'Contact',
  'ContentDocument',
  'ContentDocumentLink',
  'ContentVersion',
  'Conversation',
  'ConversationEntry',
  'ConversationParticipant',
  'EmailMessage',
  'EmailMessageRelation',
  'MessagingEndUser',
  'MessagingSession',
  'PendingServiceRouting',
  'Task',
];

/**
 * Makes the org's data invisible for the rest of the transaction, as a test without SeeAllData has it. Rolling the
 * transaction back brings it to light again; it must never be committed.
 */
export function hideOrgData(org: OrgState): void {
  const custom = org
    .schema()
    .data.objects()
    .filter((object) => object.custom);
  org.records.hide([...dataObjects, ...custom.map((object) => object.name)]);
}
