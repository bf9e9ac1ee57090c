import { changeSettings, settingsOf } from '../settings/settings-documents.ts';
import type { OrgState } from '../state/org-state.ts';
import type { ControlRequests } from './control-requests.ts';

/** Switches of an org that Salesforce has elsewhere or not at all, as `PATCH /_local/settings` answers them. */
export function controlSettings(org: OrgState): Required<ControlRequests['settings']> {
  const { kind, deployPace, metadataRestEnabled, activationDelayMs } = org.settings;
  const allowDeployWithPendingJobs = settingsOf(org, 'Deployment')['doesSkipAsyncApexValidation'] === true;
  return { kind, deployPace, metadataRestEnabled, activationDelayMs, allowDeployWithPendingJobs };
}

/** Changes what is given and keeps the rest. */
export function changeControlSettings(org: OrgState, changes: ControlRequests['settings']): void {
  const { settings } = org;
  if (changes.kind !== undefined) settings.kind = changes.kind;
  if (changes.deployPace !== undefined) settings.deployPace = changes.deployPace;
  if (changes.metadataRestEnabled !== undefined) settings.metadataRestEnabled = changes.metadataRestEnabled;
  if (changes.activationDelayMs !== undefined) settings.activationDelayMs = changes.activationDelayMs;
  if (changes.allowDeployWithPendingJobs !== undefined) {
    // Setup → Deployment Settings, which is metadata as well.
    changeSettings(org, 'Deployment', { doesSkipAsyncApexValidation: changes.allowDeployWithPendingJobs });
  }
}
