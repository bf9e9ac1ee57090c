import type { Check } from '../../check.ts';
import { pass, warn } from '../../finding.ts';
import { connectedAppSettings } from '../../readings/org.ts';

export const apiAccessControl: Check = {
  id: 'org.api-access-control',
  title: 'API Access Control lets OpenCX in',
  group: 'org',
  why: 'With API Access Control only approved apps use the API; OpenCX is refused with “app must be installed into org” or “API not enabled” until its app is approved.',
  mending: 'Setup → API Access Control, or approve the app under Connected Apps OAuth Usage.',
  requires: ['org.permissions'],
  reads: [connectedAppSettings],
  run: async ({ read }) => {
    const restricted = (await read(connectedAppSettings))['enableAdminApprovedAppsOnly'] === true;
    const data = { adminApprovedAppsOnly: restricted };
    if (!restricted) return pass('any app of the org may use the API', { data });
    return warn('Only apps that an administrator approved may use the API.', {
      evidence: ['ConnectedAppSettings.enableAdminApprovedAppsOnly is true'],
      data,
      remedy: [
        { text: 'See that the app of OpenCX is approved: Setup → Connected Apps OAuth Usage (or API Access Control).' },
      ],
    });
  },
};
