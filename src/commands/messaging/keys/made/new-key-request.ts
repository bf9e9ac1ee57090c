import { OpencxError } from '../../../../errors/opencx-error.ts';
import { leastDaysLeft, mostDays } from '../../../../messaging/keys/certificate.ts';
import { keySizes, type KeySize } from '../../../../messaging/keys/generate-key-pair.ts';
import { checkedIssuer, checkedKid } from '../../../../messaging/keys/key-names.ts';
import type { KeyRequest } from '../../../../messaging/keys/make-key.ts';
import type { CommandContext } from '../../../command-context.ts';
import type { NewKeyFlags } from '../flags.ts';
import { newPassphrase } from '../passphrase.ts';

/**
 * What the flags ask for.
 * @param usualBits size of the key if none is asked for
 * @throws OpencxError USAGE, MISSING_INPUT
 */
export async function newKeyRequest(
  context: CommandContext,
  flags: NewKeyFlags,
  usualBits?: number,
): Promise<Omit<KeyRequest, 'beside'>> {
  const passphrase = await newPassphrase(context, flags);
  return {
    bits: sizeOf(flags.bits ?? String(usualBits)),
    days: daysOf(flags.days),
    now: context.clock.now(),
    ...(flags.kid === undefined ? {} : { kid: checkedKid(flags.kid) }),
    ...(flags.issuer === undefined ? {} : { issuer: checkedIssuer(flags.issuer) }),
    ...(passphrase === undefined ? {} : { passphrase }),
  };
}

/** A key made elsewhere may have another size than those offered. */
function sizeOf(bits: string): KeySize {
  return keySizes.find((size) => String(size) === bits) ?? keySizes[0];
}

function daysOf(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days > leastDaysLeft && days <= mostDays) return days;
  throw new OpencxError('USAGE', {
    message: `--days ${text} cannot be used: Salesforce wants a certificate that is valid for ${leastDaysLeft} days or more, so it is a whole number from ${leastDaysLeft + 1} to ${mostDays}.`,
  });
}
