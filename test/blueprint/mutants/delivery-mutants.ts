import type { Mutant } from './mutant.ts';

type Row = readonly [name: string, find: string, replace: string, survives?: string];

const noFutureThere =
  'Equal: in batches and future methods the limit of future calls is 0, so that the condition on the limit holds as well.';

/** Faults in the jobs that call the webhook. */
const rows: readonly Row[] = [
  ['nothing is handed over', '        if (payloads.isEmpty()) {\n            return;\n        }\n', ''],
  ['a future method in batches', '            !System.isBatch() &&\n', '', noFutureThere],
  ['a future method in future methods', '            !System.isFuture() &&\n', '', noFutureThere],
  [
    'more future methods than there may be',
    ' &&\n            Limits.getFutureCalls() < Limits.getLimitFutureCalls()',
    '',
  ],
  ['never a future method', 'if (canCallFuture)', 'if (!canCallFuture)'],
  ['more calls than a job may make', '                Limits.getCallouts() < Limits.getLimitCallouts() &&\n', ''],
  [
    'calls beyond the time of a job',
    ' &&\n                (Limits.getCallouts() == 0 || System.currentTimeMillis() <= latestStart)',
    '',
  ],
  [
    'no first call where time is short',
    '(Limits.getCallouts() == 0 || System.currentTimeMillis() <= latestStart)',
    '(System.currentTimeMillis() <= latestStart)',
  ],
  ['failed calls are dropped', '                    this.failed.add(body);\n', ''],
  ['one attempt too few', 'this.attempt > RETRY_DELAYS_MINUTES.size()', 'this.attempt >= RETRY_DELAYS_MINUTES.size()'],
  ['attempts without a delay', 'this.delayMinutes = RETRY_DELAYS_MINUTES[this.attempt - 1];', 'this.delayMinutes = 0;'],
  [
    'next job is not enqueued',
    '            if (next != null) {\n                enqueue(next',
    '            if (next == null) {\n                enqueue(next',
  ],
  ['wrong method', `request.setMethod('POST');`, `request.setMethod('PUT');`],
  ['wrong endpoint', 'request.setEndpoint(WEBHOOK_ENDPOINT);', `request.setEndpoint(WEBHOOK_ENDPOINT + '/');`],
  ['no content type', `            request.setHeader('Content-Type', 'application/json; charset=UTF-8');\n`, ''],
  [
    'no time-out',
    '            request.setTimeout(WEBHOOK_TIMEOUT_MS);\n',
    '',
    'Apex gives no way to read the time-out of a request.',
  ],
  ['merge fields of customers', 'request.setBody(withoutMergeFields(body));', 'request.setBody(body);'],
  ['redirect is success', 'response.getStatusCode() < 300', 'response.getStatusCode() < 400'],
  [
    'failure is success',
    'response.getStatusCode() >= 200 && response.getStatusCode() < 300',
    'response.getStatusCode() >= 200',
  ],
  [
    'network failure reaches the job',
    `this.logFailedCall(body, 'could not be called: ' + withoutUrls(e.getMessage()));`,
    'throw e;',
  ],
  [
    'secret URL in the log',
    `withoutUrls(e.getMessage()));\n            }\n            return false;`,
    `e.getMessage());\n            }\n            return false;`,
  ],
  ['no attachments', '                this.pending = addAttachments(this.pending);\n', ''],
  [
    'no classic attachments',
    'attachmentsByEmail.get(file.ParentId).add(attachmentFacts(file.Id, file.Name, file.BodyLength));',
    '',
  ],
  ['extension twice or never', 'return isComplete ? title :', 'return !isComplete ? title :'],
  ['more Queueables than there may be', 'if (Limits.getQueueableJobs() < Limits.getLimitQueueableJobs())', 'if (true)'],
  [
    'scheduled without room',
    `            if (Limits.getDmlStatements() >= Limits.getLimitDmlStatements()) {`,
    '            if (false) {',
  ],
  ['scheduled in the past', 'addMinutes(Math.max(1, delayMinutes))', 'addMinutes(-1)'],
  ['scheduled job does nothing', 'enqueue(this.job, 0, this.description);', ''],
  ['lost work is not logged', `logError('cannot start a job (' + e.getMessage() + '); lost: ' + description);`, ''],
  [
    'enqueued without its delay',
    'return System.enqueueJob(job, delayMinutes);',
    'return System.enqueueJob(job);',
    'Tests run delayed jobs at once, and no field of AsyncApexJob tells the delay.',
  ],
];

export const deliveryMutants: readonly Mutant[] = rows.map(([name, find, replace, survives]) => ({
  name: `webhook: ${name}`,
  variant: 'default',
  file: 'class',
  find,
  replace,
  ...(survives === undefined ? {} : { survives }),
}));
