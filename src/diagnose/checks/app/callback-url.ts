import type { Check } from '../../check.ts';
import { fail, pass } from '../../finding.ts';
import { appSettings } from '../../readings/app.ts';
import { judgePart, textOf } from './part.ts';
import { notManaged } from './present.ts';

export const callbackUrl: Check = {
  id: 'app.callback-url',
  title: 'The callback URL is exactly that of OpenCX',
  group: 'app',
  why: '“Connect to Salesforce fails”: Salesforce compares the callback URL letter by letter and answers redirect_uri_mismatch.',
  mending: 'opencx-sf verify --fix puts the callback URL right.',
  requires: ['app.present'],
  reads: [appSettings],
  appliesTo: notManaged,
  fix: ['app'],
  run: (context) =>
    judgePart(context, 'globalOauth', (values) => {
      const wanted = context.config.setup.app.callbackUrl;
      const urls = (textOf(values['callbackUrl']) ?? '').split(/\s+/).filter((url) => url !== '');
      const data = { wanted, found: urls };
      if (urls.includes(wanted)) return pass(wanted, { data });
      return fail(`The app has ${urls.join(', ') || 'no callback URL'}.`, {
        data,
        evidence: [`wanted  ${wanted}`, `found   ${urls.join(', ') || '(none)'}`, ...difference(wanted, urls)],
      });
    }),
};

/** What people get wrong without seeing it. */
function difference(wanted: string, urls: readonly string[]): string[] {
  return urls.flatMap((url) => {
    if (url.replace(/\/+$/, '') === wanted) return ['The one in the app ends with a slash.'];
    if (url.toLowerCase() === wanted.toLowerCase()) return ['They differ in capital letters alone.'];
    if (url.replace(/^http:/, 'https:') === wanted) return ['The one in the app begins with http:.'];
    return [];
  });
}
