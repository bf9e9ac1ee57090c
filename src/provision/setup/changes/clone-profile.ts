import type { Change } from '../plan/change.ts';
import type { ChangeContext } from './change-context.ts';

/** What a copy of a profile is not given: who may log in when and from where belongs to the people of the original. */
const notCopied = new Set(['fullName', 'custom', 'loginHours', 'loginIpRanges', 'description']);
/** The standard System Administrator has it; a clone made in Setup has not, and ours shall be no stronger. */
const notGranted = new Set(['ApproveUninstalledConnectedApps']);

/**
 * Makes a custom profile with what a standard one grants, by readMetadata and createMetadata.
 * @throws OpencxError ORG_REFUSED with Salesforce's words
 */
export async function cloneProfile(
  context: ChangeContext,
  { from, to }: Extract<Change, { kind: 'clone-profile' }>,
): Promise<void> {
  const { org, journal } = context;
  if ((await org.readMetadata('Profile', to, `reading profile ${to}`)) !== undefined) return;
  const original = (await org.readMetadata('Profile', from, `reading profile ${from}`)) ?? {};
  const values = Object.fromEntries(Object.entries(original).filter(([name]) => !notCopied.has(name)));
  const permissions = [values['userPermissions'] ?? []].flat() as { name?: string }[];
  if (!journal.profiles.includes(to)) {
    journal.profiles.push(to);
    await context.keepJournal();
  }
  await org.saveMetadata(
    'create',
    'Profile',
    {
      fullName: to,
      ...values,
      userPermissions: permissions.filter(({ name }) => !notGranted.has(name ?? '')),
      custom: true,
    },
    `cloning profile ${from}`,
  );
}
