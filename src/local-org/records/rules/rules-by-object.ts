import { orgEmailAddressSecurityRules, setupEntityAccessRules } from './access/access-rules.ts';
import { apexTestQueueItemRules } from './apex-test-rules.ts';
import { caseCommentRules, caseRules } from './case-rules.ts';
import { attachmentRules, contentDocumentRules, contentLinkRules, contentVersionRules } from './content-rules.ts';
import { customSettingRules } from './custom-setting-rules.ts';
import { emailRoutingAddressRules, orgWideAddressRules } from './email-address-rules.ts';
import { emailMessageRules } from './email-message-rules.ts';
import { apexLogRules, debugLevelRules, traceFlagRules } from './log-rules.ts';
import { messagingChannelRules } from './messaging-rules.ts';
import { numbered } from './numbered-name.ts';
import type { ObjectRules } from './object-rules.ts';
import {
  fieldPermissionRules,
  grantRules,
  permissionSetAssignmentRules,
  permissionSetRules,
} from './access/permission-rules.ts';
import { accountRules, contactRules } from './people-rules.ts';
import { profileRules } from './access/profile-rules.ts';
import { groupMemberRules, groupRules, queueSobjectRules } from './access/queue-rules.ts';
import { userRoleRules, userRules } from './access/user-rules.ts';

const RULES: Readonly<Record<string, ObjectRules>> = {
  Account: accountRules,
  AgentWork: numbered('AgentWork'),
  ApexLog: apexLogRules,
  ApexTestQueueItem: apexTestQueueItemRules,
  Attachment: attachmentRules,
  Case: caseRules,
  CaseComment: caseCommentRules,
  Contact: contactRules,
  ContentDocument: contentDocumentRules,
  ContentDocumentLink: contentLinkRules,
  ContentVersion: contentVersionRules,
  DebugLevel: debugLevelRules,
  EmailMessage: emailMessageRules,
  EmailRoutingAddress: emailRoutingAddressRules,
  FieldPermissions: fieldPermissionRules,
  Group: groupRules,
  GroupMember: groupMemberRules,
  MessagingChannel: messagingChannelRules,
  MessagingSession: numbered('MessagingSession'),
  ObjectPermissions: grantRules,
  OrgEmailAddressSecurity: orgEmailAddressSecurityRules,
  OrgWideEmailAddress: orgWideAddressRules,
  PendingServiceRouting: numbered('PendingServiceRouting'),
  PermissionSet: permissionSetRules,
  PermissionSetAssignment: permissionSetAssignmentRules,
  Profile: profileRules,
  QueueSobject: queueSobjectRules,
  SetupEntityAccess: setupEntityAccessRules,
  TraceFlag: traceFlagRules,
  User: userRules,
  UserRole: userRoleRules,
};

const NONE: ObjectRules = {};

export function rulesOf(sobject: string): ObjectRules {
  return RULES[sobject] ?? (sobject.endsWith('__c') ? customSettingRules(sobject) : NONE);
}
