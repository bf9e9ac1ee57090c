import { expect } from 'vitest';

export const API = '/services/data/v68.0';

type Row = Record<string, unknown>;

/** Somebody logged in to the org, who knows nothing but its REST API. */
export interface OrgUser {
  readonly id: string;
  /** A request that must succeed. */
  call<Body = Row>(method: string, path: string, body?: object): Promise<Body>;
  query(soql: string): Promise<Row[]>;
  create(sobject: string, values: Row): Promise<string>;
  update(sobject: string, id: string, values: Row): Promise<void>;
}

/** Logs in with a token that is there. */
export async function userOf(url: string, accessToken: string): Promise<OrgUser> {
  const send = async (method: string, path: string, body?: object): Promise<string> => {
    const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
    const response = await fetch(url + path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    expect(response.ok, `${method} ${path}: ${response.status} ${text}`).toBe(true);
    return text;
  };
  const call: OrgUser['call'] = async (method, path, body) => {
    const text = await send(method, path, body);
    return text === '' ? {} : JSON.parse(text);
  };
  const { user_id: id } = await call<{ user_id: string }>('GET', '/services/oauth2/userinfo');
  return {
    id,
    call,
    query: async (soql) =>
      (await call<{ records: Row[] }>('GET', `${API}/query?q=${encodeURIComponent(soql)}`)).records,
    create: async (sobject, values) => (await call<{ id: string }>('POST', `${API}/sobjects/${sobject}`, values)).id,
    update: async (sobject, id, values) => {
      await call('PATCH', `${API}/sobjects/${sobject}/${id}`, values);
    },
  };
}

/** Logs in as OpenCX does: by the client credentials of an app that runs as its user. */
export async function userOfClient(url: string, clientId: string, secret: string): Promise<OrgUser> {
  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: secret };
  const response = await fetch(`${url}/services/oauth2/token`, { method: 'POST', body: new URLSearchParams(form) });
  const { access_token: token } = (await response.json()) as { access_token?: string };
  expect(token, `login of ${clientId}`).toBeDefined();
  return userOf(url, token ?? '');
}
