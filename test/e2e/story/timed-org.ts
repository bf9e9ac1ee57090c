import { connectedOrg, type ConnectedOrg, type ConnectOptions } from './connected-org.ts';
import { orgInProcess } from './org-door.ts';

export const MINUTE = 60_000;

export interface TimedOrg extends ConnectedOrg {
  /** Moves the org's clock on, and waits for what is due then. */
  pass(milliseconds: number): Promise<void>;
}

/** A connected org in this process whose clock the story moves. */
export async function timedOrg(options: ConnectOptions = {}): Promise<TimedOrg> {
  let ahead = 0;
  const door = await orgInProcess({ now: () => new Date(Date.now() + ahead) });
  const org = await connectedOrg(door, { deployArguments: ['--no-tests'], ...options });
  const pass = async (milliseconds: number): Promise<void> => {
    ahead += milliseconds;
    await door.running.jobsDone();
  };
  return { ...org, pass };
}

/** The rows of all jobs, oldest first. */
export function jobs(org: ConnectedOrg): Promise<Record<string, unknown>[]> {
  return org.admin.query(
    'SELECT JobType, Status, NumberOfErrors, ExtendedStatus, MethodName FROM AsyncApexJob ORDER BY CreatedDate, Id',
  );
}
