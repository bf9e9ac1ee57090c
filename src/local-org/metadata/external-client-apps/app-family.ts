import { dropAppClient } from '../../oauth/apps/app-client.ts';
import { dropConsumer } from '../../oauth/apps/consumers.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { MetadataValue } from '../elements/metadata-value.ts';
import type { CandidateComponent } from '../rules/rule-context.ts';
import { partsOf } from './app-parts.ts';
import { APP, appOf, OAUTH_SETTINGS } from './app-types.ts';
import { defaultPolicies } from './default-policies.ts';
import { registerApp } from './register-app.ts';

/** What follows from a stored component of an app: its policies are made, and the OAuth endpoints know of it. */
export function afterAppChange(
  org: OrgState,
  component: CandidateComponent,
  apply: (policy: CandidateComponent) => void,
): void {
  for (const policy of defaultPolicies(org, component)) apply(policy);
  registerApp(org, component.type === APP ? component.fullName : appOf(component.value));
}

/** What goes with a component of an app: with the app all its parts and tokens, with its OAuth settings its consumer. */
export function afterAppRemoval(
  org: OrgState,
  removed: { readonly type: string; readonly fullName: string; readonly value: MetadataValue },
  remove: (type: string, fullName: string) => void,
): void {
  const isApp = removed.type === APP;
  const appName = isApp ? removed.fullName : appOf(removed.value);
  if (isApp) for (const { type, fullName } of partsOf(org, appName)) remove(type, fullName);
  if (isApp || removed.type === OAUTH_SETTINGS) {
    dropAppClient(org, appName);
    dropConsumer(org, appName);
  } else registerApp(org, appName);
}
