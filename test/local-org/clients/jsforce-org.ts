import { Connection } from 'jsforce';
import { afterAll, beforeAll, expect } from 'vitest';

import { openOrgClient, type OrgClient } from '../core/org-client.ts';

/** What the stories of a file share: a local org, and a plain jsforce connection with the administrator's token. */
export interface JsforceOrg {
  readonly client: OrgClient;
  readonly connection: Connection;
}

/** Opens an org for the stories of a file; it must end without a bug. */
export function jsforceOrg(): JsforceOrg {
  let client: OrgClient;
  let connection: Connection;
  beforeAll(async () => {
    client = await openOrgClient();
    connection = new Connection({ instanceUrl: client.org.url, accessToken: client.token, version: '68.0' });
    connection.metadata.pollInterval = 10;
  });
  afterAll(async () => {
    await client.close();
    expect(client.bugs).toEqual([]);
  });
  return {
    get client() {
      return client;
    },
    get connection() {
      return connection;
    },
  };
}
