import type { OrgKind } from '../../state/org-settings.ts';
import type { OrgState } from '../../state/org-state.ts';

/** Recipients outside the org a day (GMT), and of one mail (limits of "Single email"). */
const LIMITS: Readonly<Record<OrgKind, { readonly perDay: number; readonly perMail: number }>> = {
  developer: { perDay: 50, perMail: 15 },
  sandbox: { perDay: 5000, perMail: 150 },
  production: { perDay: 5000, perMail: 150 },
};

/** How many recipients a mail of this org may have. */
export function recipientsPerMail(org: OrgState): number {
  return LIMITS[org.settings.kind].perMail;
}

/** How many recipients Apex may write to in a day. */
export function recipientsPerDay(org: OrgState): number {
  return LIMITS[org.settings.kind].perDay;
}

/** How many more recipients Apex may write to on this day. */
export function mailCapacity(org: OrgState): number {
  return recipientsPerDay(org) - usedToday(org);
}

/** Counts recipients against the day. */
export function useMailCapacity(org: OrgState, recipients: number): void {
  org.documents.put('daily-use', dayKey(org), usedToday(org) + recipients);
}

function usedToday(org: OrgState): number {
  const used = org.documents.get('daily-use', dayKey(org));
  return typeof used === 'number' ? used : 0;
}

/** The resource `limits` reads the same document. */
function dayKey(org: OrgState): string {
  return `SingleEmail/${org.now().toISOString().slice(0, 10)}`;
}
