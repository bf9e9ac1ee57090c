import type { CheckContext } from '../../../diagnose/check-context.ts';
import { components } from '../../../diagnose/readings/apex.ts';
import { webhook } from '../../../diagnose/readings/webhook/webhook.ts';
import type { SupportComponent } from '../../../diagnose/reports/support-bundle-schema.ts';
import { known } from '../../../provision/setup/facts/known.ts';
import { fingerprintOf, maskedUrl } from '../../../provision/webhook/webhook-credential.ts';

/** What the page's "Still stuck" asks screenshots of: Named Credential, class and triggers, as the org has them. */
export async function componentStates(context: CheckContext): Promise<SupportComponent[]> {
  const [read, credential] = await Promise.all([known(context.read(components)), known(context.read(webhook))]);
  const apex = read.known ? read.value.apex : [];
  const own = context.drawn.parts.apex.components.map(({ type, fullName }): SupportComponent => {
    const existing = apex.find((one) => one.type === type && one.name.toLowerCase() === fullName.toLowerCase());
    if (existing === undefined) return { type, fullName, found: false, state: read.known ? {} : { unknown: read.why } };
    const { status, isValid, apiVersion, object, lastModifiedDate } = existing;
    return { type, fullName, found: true, state: { status, isValid, apiVersion, object, lastModifiedDate } };
  });
  const name = context.drawn.settings.names.namedCredential;
  const state = credential.known ? credential.value : undefined;
  return [
    ...own,
    {
      type: 'NamedCredential',
      fullName: name,
      found: state !== undefined,
      state:
        state === undefined
          ? {}
          : {
              model: state.model,
              url: maskedUrl(state.url),
              fingerprint: fingerprintOf(state.url),
              lastModifiedDate: state.lastModifiedDate,
            },
    },
  ];
}
