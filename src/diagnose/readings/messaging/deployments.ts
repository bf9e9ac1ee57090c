import { deriveScrtUrl } from '../../../messaging/endpoint/scrt-url.ts';
import { shortOrgId } from '../../../messaging/endpoint/org-id.ts';
import { probeDeployment, type DeploymentProbe } from '../../../messaging/endpoint/probe-deployment.ts';
import { packageVersion } from '../../../version.ts';
import type { Reading } from '../reading.ts';

/** An Embedded Service Deployment of any kind. */
export interface DeploymentRow {
  developerName: string;
  /** `EmbeddedMessaging` for Live Messaging. */
  feature: string;
  /** `API` for a custom client, `Web`, `Mobile` … */
  type: string;
  isEnabled: boolean;
}

interface Row {
  DeveloperName: string;
  DeploymentFeature: string | null;
  DeploymentType: string | null;
  IsEnabled: boolean;
}

/** All of the org: a name that nearly fits explains more than none. */
export const deployments: Reading<readonly DeploymentRow[]> = {
  what: 'Tooling API: EmbeddedServiceConfig',
  read: async ({ org }) => {
    const rows = await org.toolingQuery<Row>(
      'SELECT DeveloperName, DeploymentFeature, DeploymentType, IsEnabled FROM EmbeddedServiceConfig',
      'reading Embedded Service Deployments',
    );
    return rows.map((row) => ({
      developerName: row.DeveloperName,
      feature: row.DeploymentFeature ?? '',
      type: row.DeploymentType ?? '',
      isEnabled: row.IsEnabled,
    }));
  },
};

/** Milliseconds until a host that does not answer is given up. */
const patienceMs = 10_000;

/** What the host of Live Messaging says of the deployment. */
export interface Publication {
  scrtUrl: string;
  /** The configuration or the local org names the host; otherwise it was derived from My Domain. */
  given: boolean;
  probe: DeploymentProbe;
}

/** Undefined where no host can be derived from the address of the org. */
export const publication: Reading<Publication | undefined> = {
  what: 'embedded-service-config of the host of Live Messaging (nobody is logged in)',
  read: async ({ org, config, scrtUrl: known, signal }) => {
    const given = config.messaging.scrtUrl ?? known;
    const scrtUrl = given ?? deriveScrtUrl(org.identity.instanceUrl);
    if (scrtUrl === undefined) return undefined;
    const { openWebClient } = await import('../../../salesforce/web-client.ts');
    const web = await openWebClient(new URL(scrtUrl));
    try {
      const endpoint = { scrtUrl, orgId: shortOrgId(org.identity.id), deployment: config.messaging.deployment };
      const ports = { web, clock: org.clock, clientVersion: packageVersion(), requestTimeoutMs: patienceMs };
      const probe = await probeDeployment(endpoint, ports, signal);
      return { scrtUrl, given: given !== undefined, probe };
    } finally {
      await web.close();
    }
  },
};
