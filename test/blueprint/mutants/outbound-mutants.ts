import type { Mutant } from './mutant.ts';

type Row = readonly [name: string, find: string, replace: string];

/** Faults in the sending of replies by Salesforce. */
const rows: readonly Row[] = [
  ['sent again', `if (email.OpenCx_Sent__c == true) {`, `if (email.OpenCx_Sent__c == null) {`],
  [
    'mail of people as well',
    '                if (email.CreatedById != integrationUserId) {\n                    continue;\n                }\n',
    '',
  ],
  [
    'only mail of people',
    'if (email.CreatedById != integrationUserId) {',
    'if (email.CreatedById == integrationUserId) {',
  ],
  ['without recipient', 'if (splitAddresses(email.ToAddress).isEmpty())', 'if (false)'],
  ['queries without room', '                    requireQueries(3);\n', ''],
  [
    'failure reaches the transaction',
    `logError(SEND_FAILED + e.getTypeName() + ': ' + e.getMessage() + ' ' + e.getStackTraceString());`,
    'throw e;',
  ],
  ['failure under another name', `'OpenCxOutboundEmailSender sendEmail failed: '`, `'sendEmail failed: '`],
  ['missing reply-to', '            mail.setReplyTo(this.replyToAddress);\n', ''],
  ['copies dropped', '            mail.setCcAddresses(splitAddresses(reply.CcAddress));\n', ''],
  [
    'hidden copies shown',
    'mail.setBccAddresses(splitAddresses(reply.BccAddress));',
    'mail.setCcAddresses(splitAddresses(reply.BccAddress));',
  ],
  ['token dropped from the subject', 'subjectWithToken(reply.Subject, marks.token)', 'reply.Subject'],
  ['token dropped from the text', 'textWithToken(reply.TextBody, marks.token)', 'reply.TextBody'],
  ['token dropped from the HTML', 'htmlWithToken(reply.HtmlBody, marks.token)', 'reply.HtmlBody'],
  ['no References', '            mail.setReferences(joinMessageIds(marks.messageId, answered));\n', ''],
  [
    'References without the answered mail',
    'mail.setReferences(joinMessageIds(marks.messageId, answered))',
    'mail.setReferences(marks.messageId)',
  ],
  ['no In-Reply-To', '            mail.setInReplyTo(answered == null ? marks.messageId : answered);\n', ''],
  ['In-Reply-To inverted', 'mail.setInReplyTo(answered == null ?', 'mail.setInReplyTo(answered != null ?'],
  ['written twice on the Case', '            mail.setSaveAsActivity(false);\n', ''],
  ['files dropped', '                    mail.setEntityAttachments(filesByEmail.get(reply.Id));\n', ''],
  ['organization-wide address dropped', '                    mail.setOrgWideEmailAddressId(orgWideAddressId);\n', ''],
  [
    'address and name together',
    '} else if (this.senderDisplayName != null) {',
    '}\n                if (this.senderDisplayName != null) {',
  ],
  ['not marked as sent', 'markSent(sendMails(replies, mails));', 'sendMails(replies, mails);'],
  ['refused mail is marked', 'if (results[i].isSuccess()) {', 'if (true) {'],
  ['accepted mail is not marked', 'if (results[i].isSuccess()) {', 'if (!results[i].isSuccess()) {'],
  ['one bad address keeps all back', 'Messaging.sendEmail(mails, false)', 'Messaging.sendEmail(mails, true)'],
  [
    'one mail a call',
    'Messaging.sendEmail(mails, false)',
    'Messaging.sendEmail(new List<Messaging.SingleEmailMessage>{ mails[0] }, false)',
  ],
  [
    'more calls than there may be',
    'if (Limits.getEmailInvocations() >= Limits.getLimitEmailInvocations())',
    'if (false)',
  ],
  ['token without room', 'if (isRoomLeft) {\n                marks.token', 'if (true) {\n                marks.token'],
  ['message id dropped', '            marks.messageId = Cases.generateThreadingMessageId(caseId);\n', ''],
  [
    'mark without room',
    "        if (!isRoomLeft) {\n            logError('this transaction may change",
    "        if (false) {\n            logError('this transaction may change",
  ],
  [
    'one mark that fails takes all',
    'Database.update(changes, false, AccessLevel.SYSTEM_MODE)',
    'Database.update(changes, true, AccessLevel.SYSTEM_MODE)',
  ],
  ['subject of two lines', `subject.replaceAll('[\\\\r\\\\n]+', ' ')`, 'subject'],
  ['token twice in the subject', 'token == null || plain.contains(token) ? plain', 'token == null ? plain'],
  ['token not escaped', 'token.escapeHtml4()', 'token'],
  ['token after the end of the HTML', 'bodyEnd == -1 ? html + block', 'bodyEnd != -2 ? html + block'],
  ['comma in a name splits it', `addresses.replaceAll('"[^"]*"', ' ').split('[,;]')`, `addresses.split('[,;]')`],
  ['semicolons do not split', `.split('[,;]')`, `.split('[,]')`],
];

export const outboundMutants: readonly Mutant[] = rows.map(([name, find, replace]) => ({
  name: `outbound: ${name}`,
  variant: 'default',
  file: 'class',
  find,
  replace,
}));
