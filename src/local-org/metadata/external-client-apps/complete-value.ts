import { consumerOf, provideConsumer } from '../../oauth/apps/consumers.ts';
import { settingsOf } from '../../settings/settings-documents.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { MetadataValue } from '../elements/metadata-value.ts';
import type { CandidateComponent } from '../rules/rule-context.ts';
import { APP, appOf, GLOBAL_SETTINGS, OAUTH_SETTINGS } from './app-types.ts';

/** A component of the family with what the platform generates for it; all others as they are. */
export function completedComponent(org: OrgState, candidate: CandidateComponent): CandidateComponent {
  return { ...candidate, value: { ...candidate.value, ...generated(org, candidate) } };
}

/** Generates what an app needs before its OAuth settings can be stored. */
export function prepareApp(org: OrgState, { type, value }: CandidateComponent): void {
  if (type === OAUTH_SETTINGS) provideConsumer(org, appOf(value));
}

/** `<organization>:<consumer>`, which ties OAuth settings to their consumer; undefined as long as there is none. */
export function oauthLinkOf(org: OrgState, appName: string): string | undefined {
  const consumer = consumerOf(org, appName);
  return consumer === undefined ? undefined : `${org.settings.organizationId.slice(0, 15)}:${consumer.id.slice(0, 15)}`;
}

function generated(org: OrgState, { type, fullName, value }: CandidateComponent): MetadataValue {
  switch (type) {
    case APP:
      return {
        orgScopedExternalApp: value['orgScopedExternalApp'] ?? `${org.settings.organizationId}:${fullName}`,
      };
    case OAUTH_SETTINGS: {
      const oauthLink = oauthLinkOf(org, appOf(value));
      return oauthLink === undefined ? {} : { oauthLink };
    }
    case GLOBAL_SETTINGS: {
      const consumer = consumerOf(org, appOf(value));
      const forced = settingsOf(org, 'OauthOidc')['isPkceRequired'] === true ? { isPkceRequired: true } : {};
      return { ...(consumer === undefined ? {} : { consumerKey: consumer.key }), ...forced };
    }
    default:
      return {};
  }
}
