import type { TokenAnswer } from './oauth-token.ts';
import type { OrgSession } from './org-session.ts';
import { organizationIdOfIdentityUrl, organizationIdOfToken } from './organization-id.ts';

/** What a flow knows of its session beyond the token endpoint's answer. */
interface SessionFacts {
  source: OrgSession['source'];
  username?: string;
  refresh?: () => Promise<OrgSession>;
}

/** The session that a token endpoint's answer stands for. */
export function sessionOf(answer: TokenAnswer, facts: SessionFacts): OrgSession {
  const { accessToken, instanceUrl, identityUrl } = answer;
  const organizationId =
    (identityUrl === undefined ? undefined : organizationIdOfIdentityUrl(identityUrl)) ??
    organizationIdOfToken(accessToken);
  return { instanceUrl, accessToken, ...(organizationId === undefined ? {} : { organizationId }), ...facts };
}
