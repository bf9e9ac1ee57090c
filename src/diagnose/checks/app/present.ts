import { known } from '../../../provision/setup/facts/known.ts';
import type { Check } from '../../check.ts';
import { fail, pass } from '../../finding.ts';
import { appRow, appSettings, connectedApp } from '../../readings/app.ts';
import { inSetup } from '../../setup-page.ts';

export const present: Check = {
  id: 'app.present',
  title: 'The org has the app that OpenCX logs in by',
  group: 'app',
  why: 'Without an External Client App (or a Connected App of before Spring ’26) there is no Client ID: “OAuth credentials won’t save”, and logins end with “app must be installed into org”.',
  mending: 'opencx-sf verify --fix makes the External Client App.',
  requires: ['org.permissions'],
  reads: [appRow, appSettings, connectedApp],
  fix: ['app'],
  run: async (context) => {
    const { app } = context.config.setup;
    const rows = await known(context.read(appRow));
    const row = rows.known ? rows.value : undefined;
    if (row !== undefined) return pass(`${row.label} (External Client App)`, { data: { kind: 'external', ...row } });
    // Where no query shows apps, their settings by SOAP do.
    if (!rows.known && typeof (await context.read(appSettings)).globalOauth === 'object') {
      return pass(`${app.name} (External Client App)`, { data: { kind: 'external', name: app.name } });
    }
    // Some orgs do not tell which Connected Apps they have.
    const classic = await known(context.read(connectedApp));
    if (classic.known && classic.value !== undefined) {
      return pass(`${classic.value} (Connected App)`, { data: { kind: 'connected', name: classic.value } });
    }
    return fail(`There is no External Client App ${app.name}, and no Connected App ${app.label}.`, {
      evidence: classic.known ? [] : [classic.why],
      remedy: [
        inSetup(context, 'ManageExternalClientApplication/home', 'Make it by hand: External Client App Manager.'),
      ],
      ...(app.manage ? {} : { byHand: true as const }),
    });
  },
};

/** Why a check of an External Client App's settings has nothing to look at; undefined where it has. */
export function notManaged({ config }: { config: { setup: { app: { manage: boolean } } } }): string | undefined {
  return config.setup.app.manage ? undefined : 'setup.app.manage is off: the app is somebody else’s.';
}
