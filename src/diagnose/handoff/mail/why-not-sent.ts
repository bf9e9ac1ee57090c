import { quoted } from '../../../provision/org/soql-literal.ts';
import { jobLine, readJobs } from '../apex/apex-jobs.ts';
import { triggerState } from '../apex/trigger-state.ts';
import { asked } from '../asked.ts';
import type { HandoffRun } from '../handoff-run.ts';
import { failed, type StageEnd } from '../../timeline/stage.ts';
import type { Remedy } from '../../finding.ts';

/** One thing that keeps mail back, or a line that says that it does not. */
interface Cause {
  /** What keeps it back; undefined where this does not. */
  problem?: string;
  evidence: readonly string[];
  remedy?: readonly Remedy[];
}

const deliverability = 'Setup → Email → Deliverability: set the access level to "All email".';

/**
 * Why the sender did not send: everything that is known to keep it from it is asked, and the first that does is named. The
 * reason that Salesforce gave at the moment itself is in the debug log of the integration user, if one was kept.
 */
export async function whyNotSent(run: HandoffRun, what: string): Promise<StageEnd> {
  const own = [accessLevel, dailyLimit, sendEmailPermission, orgWideAddress];
  const looks = run.config.blueprint.options.emailService === 'none' ? own : [jobsOfService];
  const causes = await Promise.all([triggerState(run, 'outboundSender'), ...looks.map((look) => look(run))]);
  const found = causes.filter(({ problem }) => problem !== undefined);
  const [first] = found;
  return failed(first === undefined ? `${what}; the reason is not known` : `${what}: ${first.problem ?? ''}`, {
    evidence: causes.flatMap(({ evidence }) => evidence),
    remedy:
      first === undefined
        ? [{ text: 'Switch on a debug log for the integration user, run this again, and look for "sendEmail failed".' }]
        : found.flatMap(({ remedy = [] }) => remedy),
  });
}

interface AnonymousAnswer {
  compiled: boolean;
  success: boolean;
  exceptionMessage: string | null;
}

/** No API tells the access level; asking for room for one mail is refused below "All email", and sends nothing. */
async function accessLevel({ org }: HandoffRun): Promise<Cause> {
  const apex = encodeURIComponent('Messaging.reserveSingleEmailCapacity(1);');
  const probe = await asked('deliverability', () =>
    org.rest<AnonymousAnswer>('GET', `/tooling/executeAnonymous/?anonymousBody=${apex}`, 'asking for room for a mail'),
  );
  if ('unknown' in probe) return { evidence: [probe.unknown] };
  const { compiled, success, exceptionMessage } = probe.answer;
  if (success) return { evidence: ['deliverability: the org may send mail'] };
  const said = exceptionMessage ?? (compiled ? 'no reason given' : 'the question does not compile');
  // The day's limit is told by the same exception, and is looked at on its own.
  if (!/not permitted to send email/i.test(said)) return { evidence: [`deliverability: ${said}`] };
  return {
    problem: 'the access level of Deliverability is not "All email"',
    evidence: [`deliverability: ${said}`],
    remedy: [{ text: deliverability }],
  };
}

async function dailyLimit({ org }: HandoffRun): Promise<Cause> {
  const limits = await asked('daily limit', () =>
    org.rest<{ SingleEmail?: { Max: number; Remaining: number } }>('GET', '/limits', 'reading the limits'),
  );
  if ('unknown' in limits) return { evidence: [limits.unknown] };
  const { SingleEmail: left } = limits.answer;
  if (left === undefined) return { evidence: ['daily limit: the org does not tell it'] };
  const evidence = [`daily limit: ${left.Remaining} of ${left.Max} mails left (SingleEmail)`];
  if (left.Remaining > 0) return { evidence };
  return {
    problem: `the ${left.Max} mails of this day (GMT) are used up`,
    evidence,
    remedy: [
      { text: 'Wait until midnight GMT; where every day ends so, send by an e-mail service (options.emailService).' },
    ],
  };
}

async function sendEmailPermission({ org, people }: HandoffRun): Promise<Cause> {
  const { integration, integrationUsername } = people;
  const rows = await asked('permission Send Email', () =>
    org.query(
      `SELECT Id FROM PermissionSetAssignment WHERE AssigneeId = ${quoted([integration?.id ?? ''])} ` +
        'AND PermissionSet.PermissionsEmailSingle = true LIMIT 1',
      'reading permissions of the integration user',
    ),
  );
  if ('unknown' in rows) return { evidence: [rows.unknown] };
  if (rows.answer.length > 0) return { evidence: [`${integrationUsername} has the permission Send Email`] };
  const problem = `${integrationUsername} lacks the permission Send Email`;
  return { problem, evidence: [problem], remedy: [{ text: 'Grant "Send Email" in the profile or a permission set.' }] };
}

async function orgWideAddress({ org, config }: HandoffRun): Promise<Cause> {
  const address = config.blueprint.orgWideEmailAddress;
  if (address === undefined) return { evidence: [] };
  const rows = await asked('organization-wide address', () =>
    org.query<{ IsVerified: boolean }>(
      `SELECT IsVerified FROM OrgWideEmailAddress WHERE Address = ${quoted([address])}`,
      'reading organization-wide addresses',
    ),
  );
  if ('unknown' in rows) return { evidence: [rows.unknown] };
  const [row] = rows.answer;
  // Without such an address the sender goes on under the user's own.
  if (row === undefined) return { evidence: [`the org has no organization-wide address ${address}`] };
  if (row.IsVerified) return { evidence: [`organization-wide address ${address} is verified`] };
  const problem = `organization-wide address ${address} is not verified`;
  return { problem, evidence: [problem], remedy: [{ text: `Follow the link that Salesforce sent to ${address}.` }] };
}

/** An e-mail service is called by a job of the user who wrote the mail. */
async function jobsOfService(run: HandoffRun): Promise<Cause> {
  const { message } = run.found;
  if (message === undefined) return { evidence: [] };
  const jobs = await asked('jobs', () => readJobs(run, message));
  if ('unknown' in jobs) return { evidence: [jobs.unknown] };
  const { namedCredential } = run.config.blueprint.emailService;
  const evidence = jobs.answer.length === 0 ? ['no job was enqueued'] : jobs.answer.map(jobLine);
  return {
    problem: `the service behind callout:${namedCredential} did not take it`,
    evidence,
    remedy: [{ text: `Check URL and key of ${namedCredential}; a debug log of the integration user has the answer.` }],
  };
}
