import type { DeployApexEvent } from '../../deploy/deploy-outcome.ts';
import { deployApex } from '../../deploy/deploy-apex.ts';
import type { Change } from '../plan/change.ts';
import type { ChangeContext } from './change-context.ts';
import { deployRefusal } from './deploy-refusal.ts';

/** Deploys one part of the blueprint: what differs of it by now, with tests where it is Apex, read back. */
export async function* deployPart(
  context: ChangeContext,
  { part, components }: Extract<Change, { kind: 'deploy' }>,
): AsyncGenerator<DeployApexEvent, void> {
  const { org, wish, deploy, stateFolder, signal } = context;
  if (part === 'app' && components.some(({ action }) => action === 'create')) await expectCredentials(context);
  const outcome = yield* deployApex(org, wish.parts[part], {
    mode: 'deploy',
    transport: 'metadata',
    only: [],
    force: false,
    async: false,
    waitMs: deploy.waitMs,
    tests: deploy.tests,
    yes: deploy.yes,
    ...(deploy.confirmOrg === undefined ? {} : { confirmOrg: deploy.confirmOrg }),
    rivals: deploy.rivals,
    stateFolder,
    ...(signal === undefined ? {} : { signal }),
  });
  const error = deployRefusal(outcome);
  if (error !== undefined) throw error;
}

/** A new app's key and secret are to be read next; a run that dies before that leaves word of it. */
async function expectCredentials({ wish, journal, keepJournal }: ChangeContext): Promise<void> {
  if (!wish.setup.app.readCredentials || journal.credentialsPending) return;
  journal.credentialsPending = true;
  await keepJournal();
}
