import { authModeOf, authorizationsOf, isSynchronous } from '../../../messaging/channel/channel-values.ts';
import type { SetupFacts } from '../../facts/setup-facts.ts';
import type { SetupWish } from '../../wish/setup-wish.ts';
import type { PlanWishes } from '../setup-step.ts';
import { messagingContext, type MessagingContext } from './messaging-context.ts';

/** A channel that others use and that would become another for them. */
export interface ChannelConsent {
  channel: string;
  /** What would change for whom. */
  reasons: readonly string[];
}

/** What somebody has to agree to by name before a channel is changed; undefined if nobody else would notice. */
export function channelConsent(facts: SetupFacts, wish: SetupWish, wishes: PlanWishes): ChannelConsent | undefined {
  const context = messagingContext(facts, wish, wishes);
  return context === undefined ? undefined : consentFor(context);
}

export function consentFor(context: MessagingContext): ChannelConsent | undefined {
  const { settings, channel, wishes } = context;
  const agreed = wishes.messaging.allowChannels.includes(settings.channel);
  if (channel === undefined || agreed) return undefined;
  const reasons = [...verificationReasons(context), ...keysetReasons(context), ...synchronousReasons(context)];
  return reasons.length === 0 ? undefined : { channel: settings.channel, reasons };
}

/** Users who did not have to show who they are would be turned away. */
function verificationReasons(context: MessagingContext): string[] {
  const { channel = {} } = context;
  if (authModeOf(channel) === 'Auth') return [];
  const affected = affectedBy(context);
  if (affected.length === 0) return [];
  return [`it lets in users who are not verified, and would not any more (${affected.join(', ')})`];
}

/** Who signs for OpenCX could then sign for anybody on the channel. */
function keysetReasons({ channel = {}, settings }: MessagingContext): string[] {
  const authorizations = authorizationsOf(channel);
  if (authorizations.some(({ keyset, enabled }) => keyset === settings.keyset && enabled)) return [];
  const others = authorizations.filter(({ keyset, enabled }) => enabled && keyset !== settings.keyset);
  if (others.length === 0) return [];
  const names = others.map(({ keyset, authIdentifier }) => (keyset === '' ? authIdentifier : keyset)).join(', ');
  return [`it verifies users by ${names}, which stays, and would trust the keys of OpenCX as well`];
}

function synchronousReasons(context: MessagingContext): string[] {
  if (!isSynchronous(context.channel ?? {})) return [];
  const affected = affectedBy(context);
  const whom = affected.length === 0 ? '' : ` (${affected.join(', ')})`;
  return [`its chats end with the browser window (isSynchronousChatEnabled), which user verification excludes${whom}`];
}

function affectedBy({ deployments, messaging, settings }: MessagingContext): string[] {
  const others = deployments.filter(
    ({ developerName, channel }) => developerName !== settings.deployment && channel === settings.channel,
  );
  const { recentSessions: sessions } = messaging;
  return [
    ...others.map(({ developerName, type }) => `deployment ${developerName}, ${type}`),
    ...(sessions === 0 ? [] : [`${sessions} messaging ${sessions === 1 ? 'session' : 'sessions'} in the last 7 days`]),
  ];
}
