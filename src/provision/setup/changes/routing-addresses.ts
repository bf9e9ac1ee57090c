import { OpencxError } from '../../../errors/opencx-error.ts';
import type { OrgRoutingAddress } from '../facts/setup-facts.ts';
import { readEmailToCase } from '../facts/read-mail.ts';
import type { Change } from '../plan/change.ts';
import type { ChangeContext } from './change-context.ts';
import { writeSettings } from './settings.ts';

/**
 * Adds routing addresses. The list is written as a whole, and an address that is missing from it is deleted with its
 * generated address and its verification; so the list is read at this very moment, the new addresses stand in front (behind
 * existing ones they would push those out), and afterwards every former address has to be there with the same long address.
 */
export async function addRoutingAddresses(
  context: ChangeContext,
  { addresses }: Extract<Change, { kind: 'add-routing-addresses' }>,
): Promise<void> {
  const { org, journal } = context;
  const before = (await readEmailToCase(org)).routingAddresses;
  const added = addresses.filter((one) => !before.some((old) => isAt(old, one.emailAddress)));
  if (added.length === 0) return;
  for (const { emailAddress } of added)
    if (!journal.addresses.includes(emailAddress)) journal.addresses.push(emailAddress);
  await context.keepJournal();
  const after = await write(context, [...added, ...before.map(writable)]);
  refuseProblems([
    ...lost(before, after),
    ...added
      .filter(({ emailAddress }) => !after.some((one) => isAt(one, emailAddress)))
      .map(({ emailAddress }) => `${emailAddress} is not there`),
  ]);
}

async function write(
  { org }: ChangeContext,
  routingAddresses: readonly unknown[],
): Promise<readonly OrgRoutingAddress[]> {
  await writeSettings(org, 'CaseSettings', { emailToCase: { routingAddresses } });
  return (await readEmailToCase(org)).routingAddresses;
}

function lost(before: readonly OrgRoutingAddress[], after: readonly OrgRoutingAddress[]): string[] {
  return before
    .filter((old) => !after.some((one) => sameService(one, old)))
    .map((old) => `${old.emailAddress} is gone`);
}

/** @throws OpencxError READ_BACK_FAILED */
function refuseProblems(problems: readonly string[]): void {
  if (problems.length === 0) return;
  throw new OpencxError('READ_BACK_FAILED', {
    message: `The routing addresses are not as they were written: ${problems.join('; ')}.`,
    nextSteps: ['Look at Setup → Email-to-Case → Routing Addresses before anything else is changed there.'],
  });
}

/** An address as it may be sent back: what the platform generates is left out, and so is what it does not have. */
function writable(address: OrgRoutingAddress): Record<string, unknown> {
  const { emailServicesAddress: _, isVerified: __, ...rest } = address;
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null));
}

function isAt({ emailAddress }: OrgRoutingAddress, address: string): boolean {
  return emailAddress.toLowerCase() === address.toLowerCase();
}

function sameService(a: OrgRoutingAddress, b: OrgRoutingAddress): boolean {
  return isAt(a, b.emailAddress) && a.emailServicesAddress === b.emailServicesAddress;
}
