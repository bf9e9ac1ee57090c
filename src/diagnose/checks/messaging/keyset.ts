import { carriesMarker, textOf, type ChannelValues } from '../../../provision/messaging/channel/channel-values.ts';
import type { Check } from '../../check.ts';
import type { CheckContext } from '../../check-context.ts';
import { fail, pass, skip, warn, type Verdict } from '../../finding.ts';
import { keyset as keysetReading } from '../../readings/messaging/verification.ts';
import { inSetup } from '../../setup-page.ts';
import { noMessaging } from './applies.ts';

/** The page Enhanced Chat User Verification. */
export const verificationPage = 'Authorization/home';

export const keyset: Check = {
  id: 'messaging.keyset',
  title: 'The keyset of the channel names the issuer of OpenCX’s tokens',
  group: 'messaging',
  why: '“Handoff fails with access token error”: a token whose “iss” is another than the keyset’s is refused, or its contact is taken for nobody.',
  mending:
    'Setup → Enhanced Chat User Verification → the keyset: JSON web key issuer; opencx-sf verify --fix sets it where the keyset is ours.',
  requires: ['messaging.auth-mode'],
  reads: [keysetReading],
  fix: ['messaging'],
  appliesTo: noMessaging,
  run: async (context) => {
    const read = await context.read(keysetReading);
    if (read === undefined) return skip('The channel names no keyset.');
    if (read.state === 'unread') return skip(read.why);
    if (read.state === 'missing') {
      return fail(`There is no keyset ${read.name}, which the channel names.`, {
        data: { keyset: read.name },
        remedy: [inSetup(context, verificationPage, 'Or by hand: New Keyset.')],
      });
    }
    return judge(context, read.name, read.values);
  },
};

function judge(context: CheckContext, name: string, values: ChannelValues): Verdict {
  const [type, issuer] = [textOf(values, 'type'), textOf(values, 'jwtIssuer')];
  const wanted = context.config.messaging.issuer ?? context.localKeys?.issuer;
  const data = { keyset: name, type, issuer, expectedIssuer: wanted };
  const edit = inSetup(context, verificationPage, `Or by hand: ${name} → JSON web key issuer.`);
  const whose = carriesMarker(values) ? {} : { byHand: true as const };
  if (issuer === '') return fail(`The keyset ${name} names no issuer.`, { data, remedy: [edit], ...whose });
  if (wanted !== undefined && wanted !== issuer) {
    return fail(`The issuer of ${name} is ${issuer}; tokens are signed as ${wanted}.`, {
      data,
      remedy: [edit],
      ...whose,
    });
  }
  if (type !== 'JWKS') {
    return warn(`The keys of ${name} are fetched from a URL (${type}), which is not looked at.`, {
      data,
      evidence: [textOf(values, 'jwksEndPoint')],
      remedy: [{ text: 'See that the URL is on the internet and serves the public key of OpenCX.' }],
      byHand: true,
    });
  }
  const compared =
    wanted === undefined ? '; messaging.issuer does not say what OpenCX signs as, so it is not compared' : '';
  return pass(`${name}, issuer ${issuer}${compared}`, { data });
}
