import type { Finding } from '../../../mail/dns/finding.ts';
import type { SetupFacts } from '../../facts/setup-facts.ts';
import type { ManualTask } from '../../plan/setup-plan.ts';

/** DNS records that are missing or wrong, each with the exact record to publish. */
export function dnsTasks({ dns }: SetupFacts): ManualTask[] {
  if (dns === undefined) return [];
  return [
    ...task('spf', `SPF of ${dns.domain}`, dns.spf),
    ...dns.dkim.flatMap((one) => task(`dkim ${one.name}`, `DKIM record ${one.name}`, one)),
    ...task('dmarc', `DMARC of ${dns.domain}`, dns.dmarc),
  ];
}

/** What DNS did not tell, to be said and not to be taken for a fault. */
export function dnsNotes({ dns }: SetupFacts): string[] {
  if (dns === undefined) return [];
  const unknown = [dns.spf, dns.dmarc, ...dns.dkim].filter(({ status }) => status === 'unknown');
  return unknown.length === 0 ? [] : [`DNS of ${dns.domain} is not known: ${unknown[0]?.evidence ?? ''}`];
}

function task(id: string, what: string, { status, evidence, records }: Finding): ManualTask[] {
  if (status === 'ok' || status === 'unknown') return [];
  const publish = records.map(
    ({ type, name, value, replaces }) =>
      `Publish ${type} ${name}: ${value}${replaces === undefined ? '' : ` (in the place of ${replaces})`}`,
  );
  return [{ id, title: what, steps: [evidence, ...publish], seenBy: 'DNS answers with the record' }];
}
