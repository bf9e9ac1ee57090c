import { describe, expect, test } from 'vitest';

import { metadataValues, missingFrom } from '../../../src/salesforce/metadata/metadata-xml.ts';

describe('metadata as plain data', () => {
  test('leaves out the root, comments, attributes and blanks', () => {
    const xml = `<?xml version="1.0" encoding="UTF-8"?>
<NamedCredential xmlns="http://soap.sforce.com/2006/04/metadata">
    <!-- a comment -->
    <endpoint>https://example.com/a?b=1&amp;c=2</endpoint>
    <label>OpenCX</label>
</NamedCredential>`;
    expect(metadataValues(xml)).toEqual({ endpoint: 'https://example.com/a?b=1&c=2', label: 'OpenCX' });
  });

  test('keeps numbers and booleans as they are written', () => {
    expect(metadataValues('<A><apiVersion>66.0</apiVersion><on>true</on></A>')).toEqual({
      apiVersion: '66.0',
      on: 'true',
    });
  });
});

describe('what an org lacks of what is wanted', () => {
  test('is nothing when it holds that and more, in any order and as any type', () => {
    const wanted = { label: 'A', fieldPermissions: [{ field: 'Case.X__c', readable: 'true' }] };
    const actual = {
      label: 'A',
      description: 'filled in by the org',
      fieldPermissions: [
        { field: 'Case.Y__c', readable: true },
        { field: 'Case.X__c', readable: true, editable: false },
      ],
    };
    expect(missingFrom(actual, wanted)).toEqual([]);
  });

  test('is named by its path', () => {
    const wanted = { endpoint: 'https://new', fieldPermissions: [{ field: 'Case.X__c', editable: 'true' }] };
    const actual = { endpoint: 'https://old', fieldPermissions: { field: 'Case.X__c', editable: false } };
    expect(missingFrom(actual, wanted)).toEqual(['endpoint', 'fieldPermissions[Case.X__c]']);
  });

  test('is an empty value, but not what this API does not tell', () => {
    expect(missingFrom({ description: null }, { description: 'a', calloutStatus: 'Enabled' })).toEqual(['description']);
  });

  test('is not the difference between empty, absent and false', () => {
    expect(missingFrom({ description: null, externalId: null }, { description: '', externalId: 'false' })).toEqual([]);
  });
});
