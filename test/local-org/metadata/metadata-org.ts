import { Connection } from 'jsforce';

import { openApiUsage } from '../../../src/local-org/http/api-usage.ts';
import { buildApp } from '../../../src/local-org/http/app.ts';
import { registerDiscoveryRoutes } from '../../../src/local-org/http/discovery-routes.ts';
import { serveOnLoopback } from '../../../src/local-org/http/serve.ts';
import { registerMetadataRoutes } from '../../../src/local-org/metadata/metadata-routes.ts';
import { createSession } from '../../../src/local-org/oauth/sessions.ts';
import { openOrgState } from '../../../src/local-org/state/open-org.ts';
import type { OpenOrgOptions } from '../../../src/local-org/state/open-org.ts';
import type { OrgState } from '../../../src/local-org/state/org-state.ts';
import { registerToolingRoutes } from '../../../src/local-org/tooling/tooling-routes.ts';

export interface MetadataOrg {
  readonly url: string;
  readonly token: string;
  readonly state: OrgState;
  /** A plain jsforce connection, polling fast. */
  readonly connection: Connection;
  /** A REST call below `/services/data/v68.0`. */
  rest(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
  /** A SOAP call of the Metadata API; `operation` is the XML inside the body. */
  soap(operation: string, session?: string): Promise<{ status: number; text: string }>;
  close(): Promise<void>;
}

/** A local org with the metadata and Tooling routes alone, on a free port. Bugs of the org fail the test that met them. */
export async function startMetadataOrg(options: OpenOrgOptions = {}): Promise<MetadataOrg> {
  const opened = openOrgState(options);
  const org = opened.state;
  const bugs: unknown[] = [];
  const app = buildApp({
    org,
    usage: openApiUsage(() => org.now()),
    first: [],
    routes: [registerDiscoveryRoutes, registerMetadataRoutes, registerToolingRoutes],
    onError: (error) => bugs.push(error),
  });
  const serving = await serveOnLoopback(0, app.fetch);
  const url = `http://127.0.0.1:${serving.port}`;
  const token = createSession(org, { userId: org.settings.adminUserId }).token;
  const connection = new Connection({ instanceUrl: url, accessToken: token, version: '68.0' });
  connection.metadata.pollInterval = 10;
  return {
    url,
    token,
    state: org,
    connection,
    async rest(method, path, body) {
      const response = await fetch(`${url}/services/data/v68.0${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
    },
    async soap(operation, session = token) {
      const envelope =
        '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/">' +
        `<soapenv:Header xmlns="http://soap.sforce.com/2006/04/metadata"><SessionHeader><sessionId>${session}</sessionId></SessionHeader></soapenv:Header>` +
        `<soapenv:Body xmlns="http://soap.sforce.com/2006/04/metadata">${operation}</soapenv:Body></soapenv:Envelope>`;
      const response = await fetch(`${url}/services/Soap/m/68.0`, {
        method: 'POST',
        headers: { 'content-type': 'text/xml', soapaction: '""' },
        body: envelope,
      });
      return { status: response.status, text: await response.text() };
    },
    async close() {
      await serving.close();
      opened.close();
      if (bugs.length > 0) throw new AggregateError(bugs, 'The local org met bugs of its own');
    },
  };
}
