import type { Check } from '../../check.ts';
import { fail, pass } from '../../finding.ts';
import { appSettings } from '../../readings/app.ts';
import { judgePart, textOf } from './part.ts';
import { notManaged } from './present.ts';

/** What OpenCX asks for; RefreshToken and OfflineAccess are the same grant. */
const needed: readonly (readonly string[])[] = [['Full'], ['RefreshToken', 'OfflineAccess']];

export const scopes: Check = {
  id: 'app.scopes',
  title: 'The app grants Full access and refresh tokens',
  group: 'app',
  why: 'Without refresh_token OpenCX is disconnected when its first session ends; without full it may not write Cases.',
  mending: 'opencx-sf verify --fix adds the scopes.',
  requires: ['app.present'],
  reads: [appSettings],
  appliesTo: notManaged,
  fix: ['app'],
  run: (context) =>
    judgePart(context, 'oauth', (values) => {
      const found = (textOf(values['commaSeparatedOauthScopes']) ?? '')
        .split(',')
        .map((scope) => scope.trim())
        .filter((scope) => scope !== '');
      const missing = needed
        .filter((choices) => !choices.some((scope) => found.includes(scope)))
        .map(([first]) => first);
      const data = { found, missing };
      if (missing.length === 0) return pass(found.join(', '), { data });
      return fail(`The app does not grant ${missing.join(' and ')}.`, {
        data,
        evidence: [`It grants ${found.join(', ') || 'nothing'}.`],
      });
    }),
};
