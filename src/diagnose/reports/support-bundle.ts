import { maskAddresses, withoutLabelledContent, withoutMailContent } from './customer-data.ts';
import { mapTexts } from './map-texts.ts';
import { maskUrls } from './mask-urls.ts';
import { plainText, shortened } from './plain-text.ts';
import type { ReportedFinding, VerifyReport } from './report-input.ts';
import { countStatuses, verdictOf } from './report-summary.ts';
import type { SupportBundle, SupportComponent } from './support-bundle-schema.ts';

/** What a support request holds beside the findings. */
export interface SupportBundleExtras {
  /** ISO 8601, UTC. */
  createdAt: string;
  /** `process.version`. */
  node: string;
  /** e.g. `linux x64`. */
  platform: string;
  session: SupportBundle['session'];
  /** What went wrong, in the words of a person. */
  description?: string;
  /** Named Credential, triggers and the like, as Setup would show them. */
  components: readonly SupportComponent[];
  /** The organization's own addresses, by the configuration: all others are masked. */
  mailboxes: readonly string[];
  /** The redactor of this run. */
  redactValue: (value: unknown) => unknown;
}

/** Enough for a stack trace or an answer of Salesforce. */
const mostCharacters = 4000;

/**
 * All that a support request asks for, as JSON. It leaves the company, so it holds no secret, no customer's address and nothing
 * that customers wrote.
 */
export function supportBundle(report: VerifyReport, extras: SupportBundleExtras): string {
  const { redactValue, mailboxes } = extras;
  const { instanceUrl } = report.organization;
  // The redactor sees texts whole: masking an address or cutting a text could split a secret that it knows. It has the last
  // word as well.
  const hosts = mapTexts(assemble(report, extras), (text) => maskUrls(plainText(text), instanceUrl));
  const redacted = mapTexts(hosts, (text) => String(redactValue(text)));
  const masked = mapTexts(redacted, (text) => shortened(maskAddresses(text, mailboxes), mostCharacters));
  return `${JSON.stringify(redactValue(masked), null, 2)}\n`;
}

function assemble(report: VerifyReport, extras: SupportBundleExtras): SupportBundle {
  const { organization, apiVersion, productVersion, startedAt, durationMs, requests, findings, symptom, causes } =
    report;
  const { createdAt, node, platform, session, description, components } = extras;
  const { id, name, kind, edition, instanceUrl } = organization;
  return {
    schemaVersion: 1,
    kind: 'opencx-sf support bundle',
    createdAt,
    product: { name: 'opencx-sf', version: productVersion },
    node,
    platform,
    organization: { id, name, kind, edition, instanceUrl },
    session,
    ...(description === undefined ? {} : { description: withoutLabelledContent(description) }),
    summary: {
      verdict: verdictOf(report),
      counts: countStatuses(findings),
      ...(symptom === undefined ? {} : { symptom }),
      causes: [...causes],
      apiVersion,
      startedAt,
      durationMs,
      requests,
    },
    findings: findings.map(bundled),
    components: components.map((one) => ({ ...one, state: customerFree(one.state) })),
  };
}

function bundled({ check, finding }: ReportedFinding): SupportBundle['findings'][number] {
  const { status, summary, evidence, remedy, fixable, docsUrl, data } = finding;
  return {
    id: check.id,
    title: check.title,
    group: check.group,
    status,
    summary,
    evidence: evidence.map(withoutLabelledContent),
    remedy: [...remedy],
    fixable,
    docsUrl,
    data: customerFree(data),
  };
}

/** Facts for programs, as JSON holds them, without what customers wrote. */
function customerFree(facts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const plain: unknown = JSON.parse(JSON.stringify(facts));
  return mapTexts(withoutMailContent(plain), withoutLabelledContent) as Record<string, unknown>;
}
