import { authModeOf, isSynchronous } from '../../../provision/messaging/channel/channel-values.ts';
import type { Check } from '../../check.ts';
import { fail, pass } from '../../finding.ts';
import { channelMetadata, channelName, channelRow } from '../../readings/messaging/channel.ts';
import { enabledKeysets } from '../../readings/messaging/verification.ts';
import { inSetup } from '../../setup-page.ts';
import { judgeChannel, noMessaging } from './applies.ts';

const page = 'LiveMessageSetup/home';

export const channel: Check = {
  id: 'messaging.channel',
  title: 'The channel of the deployment is active',
  group: 'messaging',
  why: '“Conversation created but no messages appear”: an inactive channel lets nothing in.',
  mending: 'Setup → Messaging Settings → the channel → Activate; opencx-sf verify --fix does it.',
  requires: ['messaging.deployment'],
  reads: [channelName, channelRow],
  fix: ['messaging'],
  appliesTo: noMessaging,
  run: async (context) => {
    const [name, row] = await Promise.all([context.read(channelName), context.read(channelRow)]);
    const data = { channel: name, ...row };
    if (row === undefined) {
      return fail(`The org shows no messaging channel ${name}.`, {
        data,
        remedy: [inSetup(context, page, 'See which channel the deployment stands on.')],
        byHand: true,
      });
    }
    if (row.isActive) return pass(name, { data });
    const remedy = [inSetup(context, page, 'Or by hand: the channel → Activate.')];
    return fail(`The channel ${name} is not active.`, { data, remedy });
  },
};

export const authMode: Check = {
  id: 'messaging.auth-mode',
  title: 'The channel verifies its users by a keyset',
  group: 'messaging',
  why: '“Handoff fails with access token error”: OpenCX shows an identity token, which a channel without user verification refuses.',
  mending:
    'Setup → Messaging Settings → the channel → Add User Verification, with the keyset; opencx-sf verify --fix does it.',
  requires: ['messaging.channel'],
  reads: [channelMetadata],
  fix: ['messaging'],
  appliesTo: noMessaging,
  run: (context) =>
    judgeChannel(context, (values, name) => {
      const mode = authModeOf(values);
      const keysets = enabledKeysets(values);
      const problems = [
        ...(mode === 'Auth' ? [] : [`its authMode is ${mode === '' ? 'not set' : mode}, not Auth`]),
        ...(keysets.length > 0 ? [] : ['no keyset is enabled']),
        ...(isSynchronous(values) ? ['its chats end with the window (isSynchronousChatEnabled)'] : []),
      ];
      const data = { channel: name, authMode: mode, keysets, isSynchronous: isSynchronous(values) };
      if (problems.length === 0) return pass(`Auth, by ${keysets.join(', ')}`, { data });
      return fail(`The channel ${name} does not verify users: ${problems.join('; ')}.`, {
        data,
        remedy: [
          inSetup(
            context,
            page,
            'Or by hand: the channel → Add User Verification. Who uses the channel without identity tokens is turned away from then on.',
          ),
        ],
      });
    }),
};
