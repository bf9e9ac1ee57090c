import { orgEmailAddressSecurityRules, setupEntityAccessRules } from './access-rules.ts';
import { apexTestQueueItemRules } from './apex-test-rules.ts';
import { caseCommentRules, caseRules } from './case-rules.ts';
import { attachmentRules, contentDocumentRules, contentLinkRules, contentVersionRules } from './content-rules.ts';
import { emailRoutingAddressRules, orgWideAddressRules } from './email-address-rules.ts';
import { emailMessageRules } from './email-message-rules.ts';
import { apexLogRules, debugLevelRules, traceFlagRules } from './log-rules.ts';
import { messagingChannelRules } from './messaging-rules.ts';
import type { ObjectRules } from './object-rules.ts';
import {
  fieldPermissionRules,
  grantRules,
  permissionSetAssignmentRules,
  permissionSetRules,
} from './permission-rules.ts';
import { accountRules, contactRules } from './people-rules.ts';
import { profileRules } from './profile-rules.ts';
import { groupMemberRules, groupRules, queueSobjectRules } from './queue-rules.ts';
import { userRoleRules, userRules } from './user-rules.ts';

const RULES: Readonly<Record<string, ObjectRules>> = {
  Account: accountRules,
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
  ObjectPermissions: grantRules,
  OrgEmailAddressSecurity: orgEmailAddressSecurityRules,
  OrgWideEmailAddress: orgWideAddressRules,
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
  return RULES[sobject] ?? NONE;
}
