import type { SetupStep } from '../setup-step.ts';
import { messagingBlockers } from './messaging-blockers.ts';
import { messagingChanges } from './messaging-changes.ts';
import { messagingContext, routesByFlow, type MessagingContext } from './messaging-context.ts';
import { messagingTasks } from './messaging-tasks.ts';

/** User verification, routing attributes and, where asked for, all that a deployment stands on. */
export const messaging: SetupStep = {
  id: 'messaging',
  title: 'Live Messaging',
  requires: () => ['preflight'],
  permissions: ['ModifyMetadata', 'CustomizeApplication'],
  plan(facts, wish, wishes) {
    const context = messagingContext(facts, wish, wishes);
    if (context === undefined) return { off: true };
    const blockers = messagingBlockers(context);
    if (blockers.length > 0) return { blockers };
    return { changes: messagingChanges(context), manual: messagingTasks(context), notes: notes(context) };
  },
};

function notes(context: MessagingContext): string[] {
  const { settings, channel, messaging, wishes } = context;
  const others = messaging.otherKeys.map(({ name }) => name).join(', ');
  return [
    ...(others === '' || wishes.messaging.removeOldKeys
      ? []
      : [
          `The keyset names ${others} too, which the folder of keys does not have; it stays, unless messaging register --remove-old-keys takes it out.`,
        ]),
    ...(channel === undefined || routesByFlow(context)
      ? []
      : [`The channel ${settings.channel} routes by no flow, so that nothing there reads the routing attributes.`]),
    'The MIAW tab of OpenCX: opencx-sf messaging settings shows its six values.',
  ];
}
