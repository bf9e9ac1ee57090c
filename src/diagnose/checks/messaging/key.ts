import { readJwk } from '../../../messaging/keys/read/read-jwk.ts';
import { daysLeft, leastDaysLeft } from '../../../messaging/keys/certificate.ts';
import { textOf } from '../../../provision/messaging/channel/channel-values.ts';
import type { Check } from '../../check.ts';
import type { CheckContext } from '../../check-context.ts';
import { fail, pass, skip, warn, type Verdict } from '../../finding.ts';
import { keyset, registeredKeys, type RegisteredKey } from '../../readings/messaging/verification.ts';
import { inSetup } from '../../setup-page.ts';
import { noMessaging } from './applies.ts';
import { verificationPage } from './keyset.ts';

/** From here on a rotation is due: it takes people on both sides. */
const daysToRotate = 30;

export const key: Check = {
  id: 'messaging.key',
  title: 'The key that OpenCX signs with is registered, active and valid',
  group: 'messaging',
  why: '“Handoff fails with access token error”: the key or its id differs from what OpenCX signs with, it is not active, or its certificate has ended.',
  mending:
    'opencx-sf verify --fix registers the key of the key folder; opencx-sf messaging keys rotate makes a new one beside it, before a certificate ends.',
  requires: ['messaging.keyset'],
  reads: [keyset, registeredKeys],
  fix: ['messaging'],
  appliesTo: noMessaging,
  run: async (context) => {
    const set = await context.read(keyset);
    if (set?.state !== 'read') return skip(set?.state === 'unread' ? set.why : 'There is no keyset to look into.');
    if (textOf(set.values, 'type') !== 'JWKS') return skip(`The keys of ${set.name} are not in the org.`);
    const keys = await context.read(registeredKeys);
    const data = { keyset: set.name, keys: keys.map((one) => describe(one, context.now)) };
    const { localKeys } = context;
    if (localKeys?.problem !== undefined) {
      return warn(`The key of ${localKeys.folder} cannot be compared: ${localKeys.problem}`, {
        data,
        remedy: [{ text: 'See what is wrong with it', command: 'opencx-sf messaging keys check' }],
        byHand: true,
      });
    }
    const [own] = localKeys?.keys ?? [];
    const usable = keys.filter(({ isActive }) => isActive);
    if (usable.length === 0) {
      return fail(`No key of ${set.name} is active.`, {
        data,
        evidence: keys.map(({ name }) => `${name} is not active`),
        remedy: [inSetup(context, verificationPage, 'Or by hand: the key → Active.')],
        ...(own === undefined ? { byHand: true as const } : {}),
      });
    }
    return own === undefined
      ? judgeBest(usable, context.now, data)
      : judgeOwn(context, own, usable, { ...data, kid: own.kid });
  },
};

/** The key of this machine, which OpenCX has too, must be among those registered. */
function judgeOwn(
  context: CheckContext,
  own: { kid: string; jsonWebKey: string },
  usable: readonly RegisteredKey[],
  data: Record<string, unknown>,
): Verdict {
  const remedy = [inSetup(context, verificationPage, 'Or by hand: New Key with jwk.json, then add it to the keyset.')];
  const named = usable.find(({ kid }) => kid === own.kid);
  if (named === undefined) {
    const unseen = usable.filter(({ kid }) => kid === undefined);
    if (unseen.length > 0) {
      const names = unseen.map(({ name }) => name).join(', ');
      return warn(`The org does not show the key id of ${names}, so ${own.kid} is not looked for.`, {
        data,
        byHand: true,
      });
    }
    const others = usable.map(({ name, kid }) => kid ?? name).join(', ');
    return fail(`The key ${own.kid} of this machine is not among the active ones (${others}).`, { data, remedy });
  }
  const local = readJwk(own.jsonWebKey);
  const publicKey = local.problem === undefined ? local.key : undefined;
  if (named.publicKey === undefined || publicKey === undefined) {
    return warn(`The org does not show the key ${own.kid}, so it is not compared.`, { data, byHand: true });
  }
  if (!named.publicKey.equals(publicKey)) {
    return fail(`${own.kid} is another key in the org than on this machine: tokens signed here are refused.`, {
      data,
      remedy,
    });
  }
  return judgeValidity(named, context.now, data);
}

/** Nobody says which of them OpenCX signs with: one that lasts is enough. */
function judgeBest(usable: readonly RegisteredKey[], now: number, data: Record<string, unknown>): Verdict {
  const [best] = [...usable].sort((one, other) => daysOf(other, now) - daysOf(one, now));
  return best === undefined ? skip('There is no key to look at.') : judgeValidity(best, now, data);
}

function judgeValidity(one: RegisteredKey, now: number, data: Record<string, unknown>): Verdict {
  const name = one.kid ?? one.name;
  if (one.certificate === undefined) {
    return warn(`The org does not show the certificate of ${name}, so its end is not known.`, { data, byHand: true });
  }
  const until = one.certificate.validToDate.toISOString().slice(0, 10);
  const days = daysLeft(one.certificate, now);
  const remedy = [{ text: 'Make a new key beside it', command: 'opencx-sf messaging keys rotate' }];
  if (days < 0) return fail(`The certificate of ${name} has ended (${until}).`, { data, remedy, byHand: true });
  if (days < leastDaysLeft) {
    return fail(`The certificate of ${name} ends in ${days} days (${until}); Salesforce wants ${leastDaysLeft}.`, {
      data,
      remedy,
      byHand: true,
    });
  }
  if (days < daysToRotate) {
    return warn(`The certificate of ${name} ends in ${days} days (${until}).`, { data, remedy, byHand: true });
  }
  return pass(`${name}, until ${until}`, { data });
}

function daysOf({ certificate }: RegisteredKey, now: number): number {
  return certificate === undefined ? Number.NEGATIVE_INFINITY : daysLeft(certificate, now);
}

function describe(one: RegisteredKey, now: number): Record<string, unknown> {
  const { certificate, isActive, kid, name } = one;
  return certificate === undefined
    ? { name, kid, isActive }
    : { name, kid, isActive, notAfter: certificate.validToDate.toISOString(), daysLeft: daysLeft(certificate, now) };
}
