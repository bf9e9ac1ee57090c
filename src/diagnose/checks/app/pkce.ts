import type { Check } from '../../check.ts';
import { fail, pass } from '../../finding.ts';
import { appSettings } from '../../readings/app.ts';
import { oauthOidcSettings } from '../../readings/org.ts';
import { isTrue, judgePart } from './part.ts';
import { notManaged } from './present.ts';

export const pkce: Check = {
  id: 'app.pkce',
  title: 'PKCE is asked for only where OpenCX sends it',
  group: 'app',
  why: 'A new External Client App requires PKCE by itself; a login without a code challenge is then refused, and Connect fails.',
  mending:
    'opencx-sf verify --fix sets the app; the setting of the whole org is in Setup → OAuth and OpenID Connect Settings.',
  requires: ['app.present'],
  reads: [appSettings, oauthOidcSettings],
  appliesTo: notManaged,
  fix: ['app'],
  run: async (context) => {
    const wanted = context.config.setup.app.pkceRequired;
    const ofOrg = isTrue((await context.read(oauthOidcSettings))['isPkceRequired']);
    return await judgePart(context, 'globalOauth', (values) => {
      const ofApp = isTrue(values['isPkceRequired']);
      const data = { wanted, app: ofApp, org: ofOrg };
      if (!wanted && ofOrg) {
        return fail('The whole org requires PKCE, and OpenCX is not known to send it.', {
          data,
          byHand: true,
          evidence: ['OauthOidcSettings.isPkceRequired is true'],
          remedy: [
            {
              text: 'Setup → OAuth and OpenID Connect Settings → Require PKCE: off; or ask OpenCX whether it sends a code challenge, and set setup.app.pkceRequired.',
            },
          ],
        });
      }
      if (ofApp === wanted) return pass(wanted ? 'required' : 'not required', { data });
      return fail(
        ofApp ? 'The app requires PKCE, and OpenCX is not known to send it.' : 'The app does not require PKCE.',
        { data },
      );
    });
  },
};
