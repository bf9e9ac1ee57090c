import type { Mutant } from './mutant.ts';

type Service = 'sendgrid' | 'postmark' | 'mailgun';
type Row = readonly [service: Service, name: string, find: string, replace: string];

/** Faults in the sending of replies through an e-mail service. */
const rows: readonly Row[] = [
  ['sendgrid', 'nothing is enqueued', `            enqueue(job, 0, parcels.size() + ' mails');\n`, ''],
  ['sendgrid', 'token dropped', '                parcel.token = marks.token;\n', ''],
  [
    'sendgrid',
    'References dropped',
    '                parcel.referencedIds = joinMessageIds(marks.messageId, answered);\n',
    '',
  ],
  [
    'sendgrid',
    'sender exchanged',
    'this.orgWideEmailAddress == null ? this.replyToAddress',
    'this.orgWideEmailAddress != null ? this.replyToAddress',
  ],
  ['sendgrid', 'display name dropped', '            job.fromName = this.senderDisplayName;\n', ''],
  [
    'sendgrid',
    'missing reply-to',
    `            'reply_to' => new Map<String, Object>{ 'email' => mail.replyToAddress },\n`,
    '',
  ],
  ['sendgrid', 'copies dropped', `            recipients.put('cc', addressObjects(mail.ccAddresses));\n`, ''],
  ['sendgrid', 'address twice', 'if (taken.add(address.toLowerCase())) {', 'if (true) {'],
  ['sendgrid', 'no blank body', `                mail.text = ' ';\n`, ''],
  [
    'sendgrid',
    'merge fields',
    'request.setBody(withoutMergeFields(JSON.serialize(message)));',
    'request.setBody(JSON.serialize(message));',
  ],
  ['sendgrid', 'files dropped', `            message.put('attachments', attachments);\n`, ''],
  ['sendgrid', 'more mails than fit into a job', ' && parcels.size() < MAX_MAILS_PER_JOB', ''],
  [
    'sendgrid',
    'mails beyond the time of a job',
    'if (Limits.getCallouts() > 0 && System.currentTimeMillis() > latestStart) {',
    'if (false) {',
  ],
  ['sendgrid', 'files larger than a job', 'if (size > maxFileBytesPerJob) {', 'if (false) {'],
  ['sendgrid', 'files that do not fit together', '} else if (size > room) {', '} else if (false) {'],
  ['sendgrid', 'not marked as sent', '            markSent(sentIds);\n', ''],
  ['sendgrid', 'sent again by a later job', ' AND OpenCx_Sent__c = FALSE', ''],
  ['sendgrid', 'handed over again', 'if (email.OpenCx_Sent__c == true) {', 'if (email.OpenCx_Sent__c == null) {'],
  ['sendgrid', 'busy is refused', 'return status == 429 || status >= 500 ?', 'return status >= 500 ?'],
  ['sendgrid', 'fault is refused', 'return status == 429 || status >= 500 ?', 'return status == 429 || status > 500 ?'],
  [
    'sendgrid',
    'refused is tried again',
    '? Outcome.TRY_AGAIN : Outcome.REFUSED;\n            } catch',
    '? Outcome.TRY_AGAIN : Outcome.TRY_AGAIN;\n            } catch',
  ],
  [
    'sendgrid',
    'sent twice after a time-out',
    `containsIgnoreCase('timed out') ? Outcome.REFUSED`,
    `containsIgnoreCase('timed out') ? Outcome.TRY_AGAIN`,
  ],
  ['postmark', 'missing reply-to', `            'ReplyTo' => mail.replyToAddress,\n`, ''],
  ['postmark', 'headers dropped', `            'Headers' => headers,\n`, ''],
  ['postmark', 'sender without name', `'From' => namedSender(mail),`, `'From' => mail.fromAddress,`],
  ['mailgun', 'missing reply-to', `        form.addField('h:Reply-To', mail.replyToAddress);\n`, ''],
  ['mailgun', 'headers dropped', `            form.addField('h:' + name, mail.headers.get(name));\n`, ''],
  ['mailgun', 'file damaged', `' '.repeat(excess == 0 ? 0 : 3 - excess)`, `' '.repeat(excess)`],
  ['mailgun', 'line break lost', 'this.text = lineBreak.substring(missing);', `this.text = '';`],
  ['mailgun', 'file name breaks the form', `.replace('"', '%22')`, ''],
];

export const serviceMutants: readonly Mutant[] = rows.map(([variant, name, find, replace]) => ({
  name: `${variant}: ${name}`,
  variant,
  file: 'class',
  find,
  replace,
}));
