import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startMetadataOrg } from '../metadata/metadata-org.ts';
import type { MetadataOrg } from '../metadata/metadata-org.ts';

let org: MetadataOrg;
beforeAll(async () => {
  org = await startMetadataOrg();
});
afterAll(async () => {
  await org.close();
});

const hook = {
  label: 'Hook',
  endpoint: 'https://a.example.com',
  principalType: 'Anonymous',
  protocol: 'NoAuthentication',
};

async function create(sobject: string, body: object): Promise<string> {
  const answer = await org.rest('POST', `/tooling/sobjects/${sobject}`, body);
  expect(answer).toMatchObject({ status: 201 });
  return (answer.body as { id: string }).id;
}

describe('a named credential by its Metadata', () => {
  test('is made, changed and removed without a zip', async () => {
    const id = await create('NamedCredential', { FullName: 'Hook', Metadata: hook });
    expect(org.state.records.get('NamedCredential', id)).toMatchObject({
      DeveloperName: 'Hook',
      Endpoint: 'https://a.example.com',
    });

    const Metadata = { ...hook, endpoint: 'https://b.example.com', description: null, namedCredentialParameters: [] };
    expect((await org.rest('PATCH', `/tooling/sobjects/NamedCredential/${id}`, { Metadata })).status).toBe(204);
    expect(org.state.records.get('NamedCredential', id)).toMatchObject({
      Endpoint: 'https://b.example.com',
      Metadata: { endpoint: 'https://b.example.com', allowMergeFieldsInBody: false },
    });
    expect(org.state.components.get('NamedCredential', 'Hook')?.xml).toContain(
      '<endpoint>https://b.example.com</endpoint>',
    );
    expect((await org.rest('DELETE', `/tooling/sobjects/NamedCredential/${id}`)).status).toBe(204);
    expect(org.state.components.get('NamedCredential', 'Hook')).toBeUndefined();
  });

  test.each([
    ['no metadata', { FullName: 'X' }, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [Metadata]'],
    [
      'an unknown element',
      { FullName: 'X', Metadata: { ...hook, colour: 'red' } },
      'FIELD_INTEGRITY_EXCEPTION',
      'Element {http://soap.sforce.com/2006/04/metadata}colour invalid at this location in type NamedCredential',
    ],
    [
      'no label',
      { FullName: 'X', Metadata: { ...hook, label: undefined } },
      'FIELD_INTEGRITY_EXCEPTION',
      'Required field is missing: label',
    ],
    [
      'a bad URL',
      { FullName: 'X', Metadata: { ...hook, endpoint: 'nowhere' } },
      'FIELD_INTEGRITY_EXCEPTION',
      'Invalid URL: nowhere. The URL must begin with http:// or https://.',
    ],
    ['metadata that is none', { FullName: 'X', Metadata: 'x' }, 'JSON_PARSER_ERROR', 'Metadata must be an object'],
  ])('%s is refused', async (_what, body, errorCode, message) => {
    expect(await org.rest('POST', '/tooling/sobjects/NamedCredential', body)).toEqual({
      status: 400,
      body: [expect.objectContaining({ errorCode, message })],
    });
  });

  test('what is not implemented answers 501', async () => {
    const answer = await org.rest('POST', '/tooling/sobjects/NamedCredential', {
      FullName: 'X',
      Metadata: { ...hook, principalType: 'NamedUser', protocol: 'Oauth' },
    });
    expect(answer).toMatchObject({ status: 501, body: [{ errorCode: 'LOCAL_ORG_NOT_IMPLEMENTED' }] });
  });
});

describe('a custom field by its Metadata', () => {
  const text = { label: 'From', type: 'Text', length: 80 };

  test('appears in the schema, is changed, and goes', async () => {
    const id = await create('CustomField', { FullName: 'Case.From__c', Metadata: text });
    expect(org.state.schema().data.object('Case')?.field('From__c')).toMatchObject({ length: 80, label: 'From' });
    expect(org.state.records.get('CustomField', id)).toMatchObject({ DeveloperName: 'From', TableEnumOrId: 'Case' });
    expect(
      (await org.rest('PATCH', `/tooling/sobjects/CustomField/${id}`, { Metadata: { ...text, length: 120 } })).status,
    ).toBe(204);
    expect(org.state.schema().data.object('Case')?.field('From__c')?.length).toBe(120);
    expect((await org.rest('DELETE', `/tooling/sobjects/CustomField/${id}`)).status).toBe(204);
    expect(org.state.schema().data.object('Case')?.field('From__c')).toBeUndefined();
  });

  test('changes its type only as far as data allows', async () => {
    const id = await create('CustomField', { FullName: 'Case.Size__c', Metadata: text });
    const patch = (Metadata: object) => org.rest('PATCH', `/tooling/sobjects/CustomField/${id}`, { Metadata });
    const number = { label: 'Size', type: 'Number', precision: 5, scale: 0 };
    expect((await patch(number)).status).toBe(204);
    org.state.records.insert('Case', { Subject: 'x', Size__c: 5 }, org.state.settings.adminUserId);
    expect(await patch(text)).toMatchObject({
      status: 400,
      body: [{ message: 'Cannot change type due to existing data' }],
    });
    expect(
      await patch({ label: 'Size', type: 'Lookup', referenceTo: 'Account', relationshipName: 'Sizes' }),
    ).toMatchObject({
      status: 400,
      body: [{ message: 'Cannot update a field to a Lookup, MasterDetail, or Hierarchy from something else' }],
    });
  });
});
