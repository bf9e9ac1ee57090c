import { OpencxError } from '../../errors/opencx-error.ts';
import type { OrgIdentity } from '../../salesforce/org.ts';

export interface ProductionConsent {
  yes: boolean;
  /** What was given to --confirm-org. */
  confirmOrg?: string;
}

/**
 * Refuses a production org unless it was named: a script must say which org it means, so that a wrong default cannot do harm.
 * @param harmless what the command can do without consent, for the person who only wanted to look
 * @throws OpencxError CONFIRMATION_REQUIRED
 */
export function guardProduction(
  org: OrgIdentity,
  consent: ProductionConsent,
  harmless = '--dry-run and --validate change nothing',
): void {
  if (org.kind !== 'production') return;
  if (consent.yes && consent.confirmOrg !== undefined && namesOrg(org, consent.confirmOrg)) return;
  const named =
    consent.confirmOrg === undefined || namesOrg(org, consent.confirmOrg)
      ? `${org.name} (${org.id}) is a production org`
      : `--confirm-org names ${consent.confirmOrg}, but this is the production org ${org.name} (${org.id})`;
  throw new OpencxError('CONFIRMATION_REQUIRED', {
    message: `${named}; nothing was sent.`,
    details: { organizationId: org.id, organizationName: org.name },
    nextSteps: [`Add --yes --confirm-org ${org.id} if this is the org you mean; ${harmless}.`],
  });
}

/** @throws OpencxError REFUSED_IN_PRODUCTION: Salesforce lets no API but the Metadata API change Apex there */
export function refuseToolingInProduction(org: OrgIdentity): void {
  if (org.kind !== 'production') return;
  throw new OpencxError('REFUSED_IN_PRODUCTION', {
    message: `Salesforce does not let the Tooling API change Apex in a production org (${org.name}).`,
    nextSteps: ['Leave --transport tooling out: the Metadata API does it, with tests.'],
  });
}

/** An org is named by its name, or by its 15- or 18-character id. */
export function namesOrg(org: OrgIdentity, text: string): boolean {
  const wanted = text.trim();
  return wanted === org.name || wanted === org.id || (wanted.length === 15 && org.id.startsWith(wanted));
}
