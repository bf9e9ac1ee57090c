import type { SetupStep } from './setup-step.ts';

/** Live Messaging has steps of its own; as long as they are missing, wanting it says so. */
export const messaging: SetupStep = {
  id: 'messaging',
  title: 'Live Messaging',
  requires: () => ['preflight'],
  permissions: [],
  plan: (_, { setup }) =>
    setup.channels.includes('messaging')
      ? { blockers: ['This version of opencx-sf does not set up Live Messaging (MIAW); set it up by the OpenCX page.'] }
      : { off: true },
};
