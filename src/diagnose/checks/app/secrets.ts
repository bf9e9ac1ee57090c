import type { Check } from '../../check.ts';
import { pass, warn } from '../../finding.ts';
import { appSettings } from '../../readings/app.ts';
import { isTrue, judgePart } from './part.ts';
import { notManaged } from './present.ts';

export const secrets: Check = {
  id: 'app.secrets',
  title: 'The consumer secret is required for logins and for refreshing',
  group: 'app',
  why: 'Both boxes are ticked by the set-up page: without them whoever knows the consumer key alone can use a stolen code or token.',
  mending: 'opencx-sf verify --fix ticks both.',
  requires: ['app.present'],
  reads: [appSettings],
  appliesTo: notManaged,
  fix: ['app'],
  run: (context) =>
    judgePart(context, 'globalOauth', (values) => {
      const open = [
        ...(isTrue(values['isConsumerSecretOptional']) ? ['the web server flow'] : []),
        ...(isTrue(values['isSecretRequiredForRefreshToken']) ? [] : ['the refresh token flow']),
      ];
      const data = { notRequiredFor: open };
      return open.length === 0
        ? pass('required for both flows', { data })
        : warn(`The secret is not required for ${open.join(' and ')}.`, { data });
    }),
};
