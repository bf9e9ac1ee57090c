import { describeChange, type Change } from '../plan/change.ts';
import { readCredentials, takeBackLentAccess } from './app-access.ts';
import type { ChangeContext, ChangeEvent } from './change-context.ts';
import { cloneProfile } from './clone-profile.ts';
import { deployPart } from './deploy-part.ts';
import { disableTriggers } from './disable-triggers.ts';
import { extendChannel, restoreChannel } from './messaging/channels.ts';
import { deleteFlow } from './messaging/delete-flow.ts';
import { noteMessaging } from './messaging/note-messaging.ts';
import { publishDeployment } from './messaging/publish-deployment.ts';
import { createRecord, deleteRecord, updateRecord } from './records.ts';
import { removeComponents } from './remove-components.ts';
import { addRoutingAddresses } from './routing-addresses.ts';
import { changeSettings } from './settings.ts';

/**
 * Carries out one change. Each looks first whether it is done already, so that a run can be repeated at any point.
 * @throws OpencxError with Salesforce's own words if the org refuses it
 */
export async function* applyChange(context: ChangeContext, change: Change): AsyncGenerator<ChangeEvent, void> {
  await noteMessaging(context, change);
  if (change.kind !== 'deploy') yield { kind: 'doing', text: describeChange(change) };
  switch (change.kind) {
    case 'create-record':
      await createRecord(context, change);
      return;
    case 'update-record':
      await updateRecord(context, change);
      return;
    case 'delete-record':
      await deleteRecord(context, change);
      return;
    case 'deploy':
      yield* deployPart(context, change);
      return;
    case 'settings':
      await changeSettings(context, change);
      return;
    case 'add-routing-addresses':
      await addRoutingAddresses(context, change);
      return;
    case 'clone-profile':
      await cloneProfile(context, change);
      return;
    case 'read-credentials':
      yield* readCredentials(context, change);
      return;
    case 'restore-lent-access':
      await takeBackLentAccess(context);
      return;
    case 'disable-triggers':
      yield* disableTriggers(context, change);
      return;
    case 'remove-components':
      yield* removeComponents(context, change);
      return;
    case 'extend-channel':
      yield* extendChannel(context, change);
      return;
    case 'restore-channel':
      yield* restoreChannel(context, change);
      return;
    case 'publish-deployment':
      await publishDeployment(context, change);
      return;
    case 'delete-flow':
      await deleteFlow(context, change);
      return;
  }
}
