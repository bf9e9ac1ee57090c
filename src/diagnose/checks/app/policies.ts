import type { Check } from '../../check.ts';
import { fail, pass, warn, type Verdict } from '../../finding.ts';
import { appSettings } from '../../readings/app.ts';
import { judgePart, textOf } from './part.ts';
import { notManaged } from './present.ts';

export const policies: Check = {
  id: 'app.policies',
  title: 'The policies of the app keep OpenCX logged in',
  group: 'app',
  why: 'A refresh token that expires at once, or users who must be approved one by one, end the connection, mostly over night.',
  mending: 'opencx-sf verify --fix sets the policies of the configuration.',
  requires: ['app.present'],
  reads: [appSettings],
  appliesTo: notManaged,
  fix: ['app'],
  run: (context) => judgePart(context, 'policies', (values) => judge(values, context.config.setup.app.permittedUsers)),
};

function judge(values: Readonly<Record<string, unknown>>, wantedUsers: string): Verdict {
  const refresh = textOf(values['refreshTokenPolicyType']) ?? 'Infinite';
  const users = textOf(values['permittedUsersPolicyType']) ?? 'AllSelfAuthorized';
  const data = { refreshTokenPolicyType: refresh, permittedUsersPolicyType: users };
  if (refresh === 'Zero')
    return fail('Refresh tokens expire at once: OpenCX is disconnected when its session ends.', { data });
  if (users !== wantedUsers) {
    return users === 'AdminApprovedPreAuthorized'
      ? fail('Only users whom an administrator approved may use the app.', {
          data,
          evidence: [`permittedUsersPolicyType is ${users}, not ${wantedUsers}`],
        })
      : warn('Any user may let the app in, though the configuration wants approval.', { data });
  }
  if (refresh !== 'Infinite') {
    const period = [values['refreshTokenValidityPeriod'], values['refreshTokenValidityUnit']].filter(Boolean).join(' ');
    return warn(
      `Refresh tokens expire (${refresh}${period === '' ? '' : `, ${period}`}): OpenCX must then be connected again.`,
      { data },
    );
  }
  return pass('refresh tokens stay good until they are revoked', { data });
}
