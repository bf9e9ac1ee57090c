import type { BlueprintSettings } from '../config/blueprint-settings.ts';

/**
 * Header field of a signed webhook, as our Apex sets it: `t=<seconds since 1970>,v1=<HMAC-SHA256 of "t.body", hexadecimal>`. The
 * scheme is the one that Stripe's clients made common; its name is our own, since how OpenCX signs is not published.
 */
export const signatureHeader = 'OpenCX-Webhook-Signature';

/** API name of the custom setting with the secret; undefined where calls are not signed. */
export function signingSetting({ names, options }: Pick<BlueprintSettings, 'names' | 'options'>): string | undefined {
  return options.webhookSignature ? names.webhookSetting : undefined;
}
