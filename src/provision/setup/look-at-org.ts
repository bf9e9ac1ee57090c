import type { Config } from '../../config/config-schema.ts';
import type { Org } from '../../salesforce/org.ts';
import { withBatchedQueries } from '../../salesforce/batched-queries.ts';
import { readMessagingPlace } from './facts/messaging/read-place.ts';
import { readSetupFacts } from './facts/read-facts.ts';
import { readRunningUser } from './facts/read-people.ts';
import type { SetupFacts } from './facts/setup-facts.ts';
import type { SetupJournal } from './journal/setup-journal.ts';
import { planSetup } from './plan/plan-setup.ts';
import type { SetupPlan } from './plan/setup-plan.ts';
import type { PlanWishes } from './steps/setup-step.ts';
import { withOwnRouting } from './wish/own-messaging.ts';
import { renderWish, type KnownOfOrg, type MessagingWish, type SetupWish } from './wish/setup-wish.ts';
import { webhookUrlIn } from '../webhook/webhook-credential.ts';
import { readSatelliteNames } from '../app/satellite-names.ts';

/** What was seen of an org, what is wanted of it, and the difference. */
export interface SetupLook {
  facts: SetupFacts;
  wish: SetupWish;
  plan: SetupPlan;
}

/**
 * Reads the org once and plans. Writes nothing.
 * @param journal what an interrupted run has left undone is planned again: credentials unread, a deployment unpublished
 * @throws OpencxError BLUEPRINT_INVALID, and whatever the org refuses
 */
export async function lookAtOrg(
  org: Org,
  given: Config,
  wishes: PlanWishes,
  journal: Pick<SetupJournal, 'credentialsPending' | 'messaging'>,
): Promise<SetupLook> {
  const before = org.requests();
  const batched = withBatchedQueries(org);
  const wantsMessaging = given.setup.channels.includes('messaging');
  const [user, place] = await Promise.all([
    readRunningUser(batched),
    wantsMessaging ? readMessagingPlace(batched, given.messaging) : undefined,
  ]);
  // A deployment that is there decides which channel it is.
  const config = place === undefined ? given : { ...given, messaging: { ...given.messaging, channel: place.channel } };
  const messaging = (beside: readonly string[]): MessagingWish | undefined =>
    wantsMessaging ? { settings: config.messaging, keys: wishes.messaging.keys, beside } : undefined;
  const drawn = await renderWish(config, { contactEmail: user.email }, messaging([]));
  const facts = await readSetupFacts(org, config, user, drawn.whole, place);
  const kept = await keptFromOrg(org, facts, drawn);
  const others = facts.messaging?.otherKeys.map(({ name }) => name) ?? [];
  const beside = wishes.messaging.removeOldKeys ? [] : others;
  const full = await renderWish(config, { contactEmail: user.email, ...kept }, messaging(beside));
  // Under other names the org is read again: what was looked for is not what it has.
  const seen = kept.satellites === undefined ? facts : await readSetupFacts(org, config, user, full.whole, place);
  const wish = withOwnRouting(full, seen);
  const unread = journal.credentialsPending && wishes.credentials === 'with-new-app';
  const credentials = unread ? 'always' : wishes.credentials;
  const republish = wishes.messaging.republish || journal.messaging?.publishPending === true;
  const plan = planSetup(
    seen,
    wish,
    { ...wishes, credentials, messaging: { ...wishes.messaging, republish } },
    { apiVersion: org.apiVersion, requests: org.requests() - before },
  );
  return { facts: seen, wish, plan };
}

/** What the configuration leaves open and the org has already is kept as it is. */
async function keptFromOrg(org: Org, facts: SetupFacts, drawn: SetupWish): Promise<Partial<KnownOfOrg>> {
  const url = drawn.webhookKnown ? undefined : webhookUrlOf(facts, drawn);
  const contactEmail = contactEmailOf(facts);
  const satellites = await otherSatellites(org, facts, drawn);
  return {
    ...(url === undefined ? {} : { webhookUrl: url }),
    ...(contactEmail === undefined ? {} : { contactEmail }),
    ...(satellites === undefined ? {} : { satellites }),
  };
}

function contactEmailOf({ components }: SetupFacts): string | undefined {
  const app = components.metadata.find(({ type }) => type === 'ExternalClientApplication');
  const email = app?.values['contactEmail'];
  return typeof email === 'string' && email !== '' ? email : undefined;
}

/** An app that was made in Setup has its settings under names of Setup's choice; asked for only where ours find nothing. */
async function otherSatellites(org: Org, { components }: SetupFacts, drawn: SetupWish) {
  const has = (type: string) => components.metadata.some((one) => one.type === type);
  if (!has('ExternalClientApplication')) return undefined;
  const missing = drawn.parts.app.components.some(
    ({ type, fullName }) => !has(type) && !components.unread.has(`${type} ${fullName}`),
  );
  return missing ? await readSatelliteNames(org, drawn.setup.app.name) : undefined;
}

/** The URL that the Named Credential has: who set it up once need not name it again. */
function webhookUrlOf({ components }: SetupFacts, { settings }: SetupWish): string | undefined {
  const credential = components.metadata.find(
    (one) => one.type === 'NamedCredential' && one.fullName === settings.names.namedCredential,
  );
  return credential === undefined ? undefined : webhookUrlIn(credential.values);
}
