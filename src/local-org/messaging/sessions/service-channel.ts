import type { OrgState } from '../../state/org-state.ts';

/** Omni-Channel's channel for messaging sessions, which every org has. */
export function messagingServiceChannel(org: OrgState): string {
  const [row] = org.records.find('ServiceChannel', { DeveloperName: 'sfdc_livemessage' });
  if (row === undefined) throw new Error('The org has no service channel sfdc_livemessage.');
  return row.Id;
}
