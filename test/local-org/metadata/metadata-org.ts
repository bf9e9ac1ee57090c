import { Connection } from 'jsforce';

import { startLocalOrg } from '../../../src/local-org/start-local-org.ts';
import type { StartLocalOrgOptions } from '../../../src/local-org/start-local-org.ts';
import type { OrgState } from '../../../src/local-org/state/org-state.ts';

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

/** A local org on a free port. Bugs of the org (a 500 with an error id) fail the test that met them. */
export async function startMetadataOrg(options: StartLocalOrgOptions = {}): Promise<MetadataOrg> {
  const bugs: unknown[] = [];
  const org = await startLocalOrg({ ...options, onError: (error) => bugs.push(error) });
  const { url } = org;
  const token = org.issueAccessToken();
  const connection = new Connection({ instanceUrl: url, accessToken: token, version: '68.0' });
  connection.metadata.pollInterval = 10;
  return {
    url,
    token,
    state: org.state,
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
      await org.close();
      if (bugs.length > 0) throw new AggregateError(bugs, 'The local org met bugs of its own');
    },
  };
}
