import type { Mutant } from './mutant.ts';

type Row = readonly [name: string, find: string, replace: string, survives?: string];

/** Faults in what is told of Cases and mail, and in what is kept to itself. */
const rows: readonly Row[] = [
  [
    'own Case: mark ignored',
    'newCase.Case_From__c == CASE_FROM_OPENCX ||',
    'newCase.Case_From__c == CASE_FROM_OPENCX &&',
  ],
  ['own Case: creator ignored', ' ||\n                    newCase.CreatedById == integrationUserId', ''],
  ['own Case: inverted', 'if (!isOwn)', 'if (isOwn)'],
  ['new Case: wrong event', `envelope('case_created'`, `envelope('case_closed'`],
  ['new Case: no facts of the Case', '                payload.putAll(newCaseFacts(newCase));\n', ''],
  ['customer mail: outgoing as well', 'email.Incoming == true && isOnCase(email)', 'isOnCase(email)'],
  ['customer mail: of other records', 'email.Incoming == true && isOnCase(email)', 'email.Incoming == true'],
  ['customer mail: inverted', 'email.Incoming == true &&', 'email.Incoming != true &&'],
  [
    'customer mail: wrong event',
    `notifyEmails('case_email_received', received)`,
    `notifyEmails('case_email_agent_reply', received)`,
  ],
  ['agent mail: every change', 'if (isNew && isSentFromCase(email))', 'if (isSentFromCase(email))'],
  [
    'agent mail: draft condition inverted',
    'oldEmails.get(email.Id).Status == STATUS_DRAFT',
    'oldEmails.get(email.Id).Status != STATUS_DRAFT',
  ],
  ['agent mail: own mail as well', 'email.CreatedById != integrationUserId && !isOfPlatform', '!isOfPlatform'],
  [
    'agent mail: auto-responses as well',
    'email.CreatedById != integrationUserId && !isOfPlatform',
    'email.CreatedById != integrationUserId',
    'No test can run as the Automated Process user, under whom Salesforce sends auto-responses.',
  ],
  ['agent mail: not told', `notifyEmails('case_email_agent_reply', byPeople);`, ''],
  ['bounce: told at each change', 'email.IsBounced && !oldEmails.get(email.Id).IsBounced &&', 'email.IsBounced &&'],
  ['bounce: every mail', 'email.IsBounced && !oldEmails', '!oldEmails'],
  ['bounce: received mail as well', '.IsBounced && isSentFromCase(email)', '.IsBounced'],
  [
    'owner: inverted',
    'newCase.OwnerId != oldCases.get(newCase.Id).OwnerId',
    'newCase.OwnerId == oldCases.get(newCase.Id).OwnerId',
  ],
  [
    'owner: own changes as well',
    'changed.isEmpty() || UserInfo.getUserId() == findUserId(integrationUsername)',
    'changed.isEmpty()',
  ],
  [
    'owner: only own changes',
    'changed.isEmpty() || UserInfo.getUserId() ==',
    'changed.isEmpty() || UserInfo.getUserId() !=',
  ],
  [
    'owner: old and new exchanged',
    'ownerChangeFacts(oldOwnerId, changed.get(current.Id).OwnerId)',
    'ownerChangeFacts(changed.get(current.Id).OwnerId, oldOwnerId)',
  ],
  [
    'owner: change and change back are one delivery',
    `String occasion = oldOwnerId + '-' + current.LastModifiedDate.getTime();`,
    `String occasion = '';`,
  ],
  ['owner: a queue is a user', `? 'User' : 'Queue'`, `? 'User' : 'User'`],
  ['closing: told at each change', 'newCase.IsClosed && !oldCases.get(newCase.Id).IsClosed', 'newCase.IsClosed'],
  ['closing: opening', 'newCase.IsClosed && !oldCases', '!newCase.IsClosed && oldCases'],
  [
    'closing: own closings as well',
    'closed.isEmpty() || UserInfo.getUserId() == findUserId(integrationUsername)',
    'closed.isEmpty()',
  ],
  [
    'closing: closed twice is one delivery',
    'String occasion = String.valueOf(current.LastModifiedDate.getTime());',
    `String occasion = '';`,
    'LastModifiedDate has whole seconds, and two closings in one test fall into the same one.',
  ],
  ['mails: room for bodies not shared', 'maxChunkBodyChars / emails.size()', 'maxChunkBodyChars'],
  ['delivery id: without the record', `event + '|' + recordId + '|'`, `event + '|'`],
  ['delivery id: without the event', `'|' + event + '|' + recordId`, `'|' + recordId`],
  ['delivery id: random', 'Blob.valueOf(identity)', 'Crypto.generateAesKey(128)'],
  ['payload: time of the user', 'moment.formatGmt(', 'moment.format('],
  ['payload: wrong status', `=> record.Status,`, '=> record.Origin,'],
  [
    'payload: copies in place of hidden copies',
    'splitAddresses(email.CcAddress),',
    'splitAddresses(email.BccAddress),',
  ],
  ['payload: first mail inverted', 'parent.EmailMessages[0].Id == email.Id', 'parent.EmailMessages[0].Id != email.Id'],
  [
    'payload: first mail by the newest',
    'ORDER BY CreatedDate ASC, Id ASC LIMIT 1',
    'ORDER BY CreatedDate DESC, Id DESC LIMIT 1',
  ],
  ['payload: text never cut', 'text == null ? null : text.left(maxChars)', 'text'],
  ['payload: cut flagged too early', 'text.length() > maxChars', 'text.length() >= maxChars'],
  [
    'on a Case: of anything',
    'email.ParentId != null && email.ParentId.getSObjectType() == Case.SObjectType',
    'email.ParentId != null',
  ],
  ['on a Case: no guard for null', 'email.ParentId != null && email.ParentId', 'email.ParentId'],
  ['sent: drafts as well', 'email.Incoming != true && email.Status != STATUS_DRAFT &&', 'email.Incoming != true &&'],
  ['sent: received mail as well', 'email.Incoming != true && email.Status', 'email.Status'],
  ['error reaches the transaction', `logFailure('notifyNewCases', e);`, 'throw e;'],
  [
    'queries: user looked up without room',
    '            requireQueries(1);\n            List<User> users',
    '            List<User> users',
  ],
  [
    'queries: Cases loaded without room',
    '        requireQueries(1);\n        return new Map<Id, Case>(',
    '        return new Map<Id, Case>(',
  ],
];

export const eventMutants: readonly Mutant[] = rows.map(([name, find, replace, survives]) => ({
  name,
  variant: 'default',
  file: 'class',
  find,
  replace,
  ...(survives === undefined ? {} : { survives }),
}));
