import { describe, expect, it } from 'vitest';

import { runApex } from '../../run-apex.ts';
import { openOrgState } from '../../../../../src/local-org/state/open-org.ts';
import { startFarSide } from './far-side.ts';

describe('a request', () => {
  it('has headers by names in any case, and a body as text or bytes', async () => {
    expect(
      await runApex(`
        HttpRequest request = new HttpRequest();
        request.setEndpoint('https://example.com/hook');
        request.setMethod('POST');
        request.setHeader('Content-Type', 'application/json');
        request.setHeader('content-type', 'text/plain');
        request.setBody('grüße');
        System.debug(request.getHeader('CONTENT-TYPE') + ' ' + request.getHeader('X-Other'));
        System.debug(request.getBody() + ' ' + request.getBodyAsBlob().size());
        System.debug(request);
      `),
    ).toEqual(['text/plain null', 'grüße 7', 'System.HttpRequest[Endpoint=https://example.com/hook, Method=POST]']);
  });

  it('takes no null', async () => {
    expect(
      await runApex(`
        try { new HttpRequest().setBody(null); } catch (NullPointerException e) { System.debug(e.getMessage()); }
      `),
    ).toEqual(['Argument cannot be null.']);
  });
});

describe('a response', () => {
  it('can be made by hand, as mocks do', async () => {
    expect(
      await runApex(`
        HttpResponse response = new HttpResponse();
        response.setStatusCode(201);
        response.setStatus('Created');
        response.setHeader('X-Kind', 'mock');
        response.setBody('{}');
        System.debug(response + ' ' + response.getHeaderKeys() + ' ' + response.getHeader('x-kind') + ' ' + response.getBody());
      `),
    ).toEqual(['System.HttpResponse[Status=Created, StatusCode=201] (X-Kind) mock {}']);
  });
});

describe('sending', () => {
  it('is refused for endpoints nobody allowed', async () => {
    const attempt = (endpoint: string): Promise<string[]> =>
      runApex(`
        HttpRequest request = new HttpRequest();
        request.setEndpoint('${endpoint}');
        request.setMethod('GET');
        try { new Http().send(request); } catch (CalloutException e) { System.debug(e.getMessage()); }
      `);
    expect(await attempt('example.com')).toEqual(['no protocol: example.com']);
    expect(await attempt('https://example.com')).toEqual([
      'Unauthorized endpoint, please check Setup->Security->Remote site settings. endpoint = https://example.com',
    ]);
    expect(await attempt('callout:Nowhere/x')).toEqual([
      'The callout couldn\'t access the endpoint. You might not have the required permissions, or the named credential "Nowhere" might not exist.',
    ]);
  });

  it('cannot follow a change of data', async () => {
    expect(
      await runApex(`
        insert new Account(Name = 'Acme');
        HttpRequest request = new HttpRequest();
        request.setEndpoint('https://example.com');
        request.setMethod('GET');
        try { new Http().send(request); } catch (CalloutException e) { System.debug(e.getMessage()); }
      `),
    ).toEqual(['You have uncommitted work pending. Please commit or rollback before calling out']);
  });

  it('counts as a callout', async () => {
    expect(
      await runApex(`
        HttpRequest request = new HttpRequest();
        request.setEndpoint('https://example.com');
        try { new Http().send(request); } catch (CalloutException e) { System.debug(Limits.getCallouts()); }
      `),
    ).toEqual(['1']);
  });
});
describe('sending to a server', () => {
  it('brings the answer back to the Apex that waits for it', async () => {
    const side = await startFarSide((response, { body }) => {
      response.writeHead(202, 'Accepted', { 'X-Echo': String(body) }).end('{"ok":true}');
    });
    const org = openOrgState();
    try {
      org.state.components.put({
        type: 'RemoteSiteSetting',
        fullName: 'FarSide',
        fileName: 'remoteSiteSettings/FarSide.remoteSite',
        body: undefined,
        xml: `<RemoteSiteSetting xmlns="http://soap.sforce.com/2006/04/metadata"><disableProtocolSecurity>false</disableProtocolSecurity><isActive>true</isActive><url>${side.url}</url></RemoteSiteSetting>`,
        recordId: undefined,
      });
      const printed = await runApex(
        `
        HttpRequest request = new HttpRequest();
        request.setEndpoint('${side.url}/hook');
        request.setMethod('GET');
        request.setBody('first');
        HttpResponse response = new Http().send(request);
        System.debug(response.getStatusCode() + ' ' + response.getStatus() + ' ' + response.getHeader('x-echo') + ' ' + response.getBody());
        request.setBody('second');
        System.debug(new Http().send(request).getHeader('X-Echo'));
        System.debug(Limits.getCallouts());
      `,
        { org: org.state },
      );
      expect(printed).toEqual(['202 Accepted first {"ok":true}', 'second', '2']);
      // A GET that has a body leaves as a POST; each callout is made once, though the Apex runs again for its answer.
      expect(side.received.map((one) => `${one.method} ${one.path} ${one.body.toString()}`)).toEqual([
        'POST /hook first',
        'POST /hook second',
      ]);
    } finally {
      org.close();
      await side.close();
    }
  });
});

describe('a named credential that merges its fields', () => {
  it('takes them out of what is sent: without authentication they are null', async () => {
    const side = await startFarSide((response) => response.end());
    const org = openOrgState();
    try {
      org.state.components.put({
        type: 'NamedCredential',
        fullName: 'Hook',
        fileName: 'namedCredentials/Hook.namedCredential',
        body: undefined,
        xml: `<NamedCredential xmlns="http://soap.sforce.com/2006/04/metadata"><allowMergeFieldsInBody>true</allowMergeFieldsInBody><endpoint>${side.url}/hook</endpoint><label>Hook</label><principalType>Anonymous</principalType><protocol>NoAuthentication</protocol></NamedCredential>`,
        recordId: undefined,
      });
      await runApex(
        `
        HttpRequest request = new HttpRequest();
        request.setEndpoint('callout:Hook/path');
        request.setMethod('POST');
        request.setHeader('X-User', '{!$Credential.UserName}');
        request.setBody('[{!$Credential.UserName}] {!other}');
        new Http().send(request);
      `,
        { org: org.state },
      );
      expect(side.received.map((one) => [one.path, one.headers['x-user'], one.body.toString()])).toEqual([
        ['/hook/path', '{!$Credential.UserName}', '[] {!other}'],
      ]);
      expect(side.received[0]?.headers.authorization).toBeUndefined();
    } finally {
      org.close();
      await side.close();
    }
  });
});

describe('sending from a trigger', () => {
  it('is refused', async () => {
    expect(
      await runApex(
        `try { insert new Account(Name = 'Acme'); } catch (DmlException e) { System.debug(e.getMessage().contains('Callout from triggers are currently not supported.')); }`,
        {
          triggers: {
            Calls: `trigger Calls on Account (before insert) {
              HttpRequest request = new HttpRequest();
              request.setEndpoint('https://example.com');
              new Http().send(request);
            }`,
          },
        },
      ),
    ).toEqual(['true']);
  });
});
