import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { resolveEndpoint } from '../../../../../src/local-org/apex/run/callouts/endpoints/resolve-endpoint.ts';
import { openOrgState } from '../../../../../src/local-org/state/open-org.ts';
import type { OpenedOrg } from '../../../../../src/local-org/state/open-org.ts';

let org: OpenedOrg;

beforeEach(() => {
  org = openOrgState();
});

afterEach(() => {
  org.close();
});

function deploy(type: string, fullName: string, content: string, recordId?: string): void {
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<${type} xmlns="http://soap.sforce.com/2006/04/metadata">${content}</${type}>`;
  org.state.components.put({ type, fullName, fileName: fullName, body: undefined, xml, recordId });
}

function target(endpoint: string): unknown {
  return resolveEndpoint(org.state, org.state.settings.adminUserId, endpoint);
}

describe('the endpoint of a callout', () => {
  it('needs a protocol', () => {
    expect(() => target('example.com/hook')).toThrow('no protocol: example.com/hook');
    expect(() => target('localhost:8080/hook')).toThrow('no protocol: localhost:8080/hook');
    expect(() => target('ftp://example.com/')).toThrow('unknown protocol: ftp');
  });

  it('needs an active remote site setting of its host', () => {
    const refusal =
      'Unauthorized endpoint, please check Setup->Security->Remote site settings. endpoint = https://example.com/hook';
    expect(() => target('https://example.com/hook')).toThrow(refusal);
    deploy(
      'RemoteSiteSetting',
      'Example',
      '<disableProtocolSecurity>false</disableProtocolSecurity><isActive>false</isActive><url>https://example.com</url>',
    );
    expect(() => target('https://example.com/hook')).toThrow(refusal);
    deploy(
      'RemoteSiteSetting',
      'Example',
      '<disableProtocolSecurity>false</disableProtocolSecurity><isActive>true</isActive><url>https://example.com</url>',
    );
    expect(target('https://example.com/hook')).toMatchObject({ url: 'https://example.com/hook', headers: [] });
    expect(() => target('http://example.com/hook')).toThrow('Unauthorized endpoint');
  });

  it('may change the protocol where the site allows it', () => {
    deploy(
      'RemoteSiteSetting',
      'Example',
      '<disableProtocolSecurity>true</disableProtocolSecurity><isActive>true</isActive><url>https://example.com</url>',
    );
    expect(target('http://example.com/hook')).toMatchObject({ url: 'http://example.com/hook' });
  });
});

describe('a named credential as endpoint', () => {
  const legacy =
    '<endpoint>https://example.com/hook</endpoint><label>Hook</label><principalType>Anonymous</principalType><protocol>NoAuthentication</protocol>';

  it('stands for its URL, whatever the case of its name, and needs no remote site', () => {
    deploy('NamedCredential', 'Hook', legacy);
    expect(target('callout:Hook')).toMatchObject({ url: 'https://example.com/hook' });
    expect(target('CALLOUT:hook/path?x=1')).toMatchObject({ url: 'https://example.com/hook/path?x=1' });
    expect(target('callout:Hook?x=1')).toMatchObject({ url: 'https://example.com/hook?x=1' });
  });

  it('has to be there and enabled', () => {
    const refusal =
      'The callout couldn\'t access the endpoint. You might not have the required permissions, or the named credential "Hook" might not exist.';
    expect(() => target('callout:Hook/path')).toThrow(refusal);
    deploy('NamedCredential', 'Hook', `<calloutStatus>Disabled</calloutStatus>${legacy}`);
    expect(() => target('callout:Hook/path')).toThrow(refusal);
  });

  it('says whether it merges its fields into what is sent', () => {
    deploy('NamedCredential', 'Hook', `<allowMergeFieldsInBody>true</allowMergeFieldsInBody>${legacy}`);
    expect(target('callout:Hook')).toMatchObject({ mergesBody: true, mergesHeaders: false });
  });
});

describe('a secured endpoint', () => {
  beforeEach(() => {
    deploy(
      'ExternalCredential',
      'Far',
      '<authenticationProtocol>Custom</authenticationProtocol>' +
        '<externalCredentialParameters><parameterName>Main</parameterName><parameterType>NamedPrincipal</parameterType></externalCredentialParameters>' +
        '<externalCredentialParameters><parameterName>X-Tenant</parameterName><parameterType>AuthHeader</parameterType><parameterValue>acme</parameterValue></externalCredentialParameters>' +
        '<label>Far</label>',
    );
    deploy(
      'NamedCredential',
      'Hook',
      '<label>Hook</label>' +
        '<namedCredentialParameters><parameterType>Url</parameterType><parameterName>Url</parameterName><parameterValue>https://example.com</parameterValue></namedCredentialParameters>' +
        '<namedCredentialParameters><externalCredential>Far</externalCredential><parameterName>Far</parameterName><parameterType>Authentication</parameterType></namedCredentialParameters>' +
        '<namedCredentialType>SecuredEndpoint</namedCredentialType>',
    );
  });

  it('is closed to a user without its principal', () => {
    expect(() => target('callout:Hook/a')).toThrow(
      'We couldn\'t access the credential(s). You might not have the required permissions, or the external credential "Far" might not exist.',
    );
  });

  it('opens with a permission set that grants the principal, and adds the headers of its credential', () => {
    const { records, settings } = org.state;
    const set = records.insert('PermissionSet', { Name: 'Callers' }, settings.adminUserId);
    deploy(
      'PermissionSet',
      'Callers',
      '<externalCredentialPrincipalAccesses><enabled>true</enabled><externalCredentialPrincipal>Far-Main</externalCredentialPrincipal></externalCredentialPrincipalAccesses><label>Callers</label>',
      set.Id,
    );
    records.insert(
      'PermissionSetAssignment',
      { AssigneeId: settings.adminUserId, PermissionSetId: set.Id },
      settings.adminUserId,
    );
    expect(target('callout:Hook/a')).toMatchObject({ url: 'https://example.com/a', headers: [['X-Tenant', 'acme']] });
  });
});
