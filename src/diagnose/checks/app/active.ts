import type { Check } from '../../check.ts';
import { counted } from '../../counted.ts';
import { fail, pass, skip, warn } from '../../finding.ts';
import { appRow, authorizeProbe } from '../../readings/app.ts';
import { inSetup } from '../../setup-page.ts';
import { notManaged } from './present.ts';

/** The page: 2 to 10 minutes after an app is made. */
const activationMs = 10 * 60_000;

export const active: Check = {
  id: 'app.active',
  title: 'The app is active: Salesforce knows its consumer key',
  group: 'app',
  why: '“OAuth credentials won’t save”: a new app is unknown to the login servers for 2 to 10 minutes.',
  mending: 'Wait ten minutes after the app was made, then save the credentials in OpenCX again.',
  requires: ['app.present', 'app.callback-url'],
  reads: [appRow, authorizeProbe],
  appliesTo: notManaged,
  run: async (context) => {
    const row = await context.read(appRow);
    if (row === undefined) return skip('A Connected App activated long ago.');
    const ageMs = context.now - Date.parse(row.createdDate);
    const minutes = Math.max(0, Math.floor(ageMs / 60_000));
    const probe = await context.read(authorizeProbe);
    const data = { ageMinutes: minutes, probe: probe?.kind };
    const wait = [
      { text: 'Wait until ten minutes have passed since the app was made, then Save Credentials in OpenCX again.' },
    ];
    const made = [`The app was made ${counted(minutes, 'minute', 'minutes')} ago (${row.createdDate}).`];
    switch (probe?.kind) {
      case 'known':
        return pass(`known to the login server; made ${counted(minutes, 'minute', 'minutes')} ago`, { data });
      case 'unknown-client':
        return ageMs <= activationMs
          ? fail('The app is still activating: the login server does not know it yet.', {
              data,
              evidence: made,
              remedy: wait,
            })
          : fail('The login server does not know the app, though it had time to activate.', {
              data,
              evidence: made,
              remedy: [inSetup(context, 'ManageExternalClientApplication/home', 'See whether the app is enabled.')],
            });
      case 'redirect-uri-mismatch':
        return fail('The login server does not take the callback URL of OpenCX for this app.', {
          data,
          evidence: made,
        });
      case 'unclear':
        return warn('The login server does not say whether it knows the app.', {
          data,
          evidence: [probe.why, ...made],
        });
      case undefined:
        return ageMs <= activationMs
          ? warn(`Made ${counted(minutes, 'minute', 'minutes')} ago: it may still be activating.`, {
              data,
              remedy: wait,
            })
          : pass(`made ${counted(minutes, 'minute', 'minutes')} ago, long enough to be active`, { data });
    }
  },
};
