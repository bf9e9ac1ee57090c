import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { errorOf, openOrgClient } from '../core/org-client.ts';
import type { OrgClient } from '../core/org-client.ts';

let client: OrgClient;
beforeAll(async () => {
  client = await openOrgClient();
});
afterAll(async () => {
  expect(client.bugs).toEqual([]);
  await client.close();
});

describe('a query that is wrong', () => {
  it('is answered with the place, as Salesforce draws it', async () => {
    const answer = await client.query('SELECT Id, Foo FROM Case');
    expect(errorOf(answer)).toEqual({
      status: 400,
      errorCode: 'INVALID_FIELD',
      message:
        '\nSELECT Id, Foo FROM Case\n           ^\nERROR at Row:1:Column:12\n' +
        "No such column 'Foo' on entity 'Case'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.",
    });
  });

  it('counts rows and columns over lines, and does not look into strings', async () => {
    const { message } = errorOf(await client.query("SELECT Id\nFROM Case\nWHERE Subject = 'Foo'\nAND Foo = 1"));
    expect(message).toContain('\nAND Foo = 1\n    ^\nERROR at Row:4:Column:5\n');
  });

  it.each([
    ['', 'MALFORMED_QUERY', 'A query string has to be specified'],
    ['SELECT', 'MALFORMED_QUERY', 'unexpected token'],
    ['SELECT Id FRM Case', 'MALFORMED_QUERY', "unexpected token: 'Case'"],
    ["SELECT Id FROM Case WHERE Subject = 'open", 'MALFORMED_QUERY', "unexpected token: '''"],
    ['SELECT Id FROM Case WHERE', 'MALFORMED_QUERY', 'unexpected token: <EOF>'],
    [
      "SELECT Id FROM Case WHERE Subject = 'a' OR Subject = 'b' AND IsClosed = true",
      'MALFORMED_QUERY',
      "unexpected token: 'AND'",
    ],
    ['SELECT Id FROM Case ALL ROWS', 'MALFORMED_QUERY', "unexpected token: 'ROWS'"],
    ['SELECT Id FROM ScratchOrgInfo', 'INVALID_TYPE', "sObject type 'ScratchOrgInfo' is not supported."],
    ['SELECT Id FROM MetadataContainer', 'INVALID_TYPE', "sObject type 'MetadataContainer' is not supported."],
    ['SELECT Foo.Name FROM Case', 'INVALID_FIELD', "Didn't understand relationship 'Foo' in field path."],
    ['SELECT Owner.Foo FROM Case', 'INVALID_FIELD', "No such column 'Foo' on entity 'Name'."],
    [
      'SELECT Id, (SELECT Id FROM Foos) FROM Case',
      'INVALID_TYPE',
      "Didn't understand relationship 'Foos' in FROM part of query call.",
    ],
    [
      'SELECT Id, (SELECT Foo FROM EmailMessages) FROM Case',
      'INVALID_FIELD',
      "No such column 'Foo' on entity 'EmailMessage'.",
    ],
    ['SELECT Id, Id FROM Case', 'INVALID_FIELD', 'duplicate field selected: Id'],
    [
      "SELECT Id FROM Case WHERE Description = 'x'",
      'INVALID_FIELD',
      "field 'Description' can not be filtered in a query call",
    ],
    [
      'SELECT Id FROM Case ORDER BY Description',
      'INVALID_FIELD',
      "field 'Description' can not be sorted in a query call",
    ],
    [
      'SELECT COUNT(Id) FROM Case GROUP BY CreatedDate',
      'INVALID_FIELD',
      "field 'CreatedDate' can not be grouped in a query call",
    ],
    ['SELECT Subject, COUNT(Id) FROM Case', 'MALFORMED_QUERY', 'Field must be grouped or aggregated: Subject'],
    ['SELECT SUM(Subject) FROM Case', 'INVALID_FIELD', 'does not support aggregate operator SUM'],
    [
      'SELECT Id FROM Case WHERE Subject = 5',
      'INVALID_FIELD',
      "value of filter criterion for field 'Subject' must be of type string and should be enclosed in quotes",
    ],
    [
      "SELECT Id FROM Case WHERE IsClosed = 'true'",
      'INVALID_FIELD',
      'must be of type boolean and should not be enclosed in quotes',
    ],
    [
      "SELECT Id FROM Case WHERE CreatedDate > '2026-01-01'",
      'INVALID_FIELD',
      'must be of type dateTime and should not be enclosed in quotes',
    ],
    ["SELECT Id FROM Case WHERE Id = 'nonsense'", 'INVALID_QUERY_FILTER_OPERATOR', 'invalid ID field: nonsense'],
    ["SELECT Id FROM Case WHERE Id LIKE '500%'", 'INVALID_QUERY_FILTER_OPERATOR', 'invalid operator on Id field'],
    ['SELECT Id FROM Case OFFSET 2001', 'NUMBER_OUTSIDE_VALID_RANGE', 'Maximum SOQL offset allowed is 2000'],
    ['SELECT FIELDS(ALL) FROM Case', 'MALFORMED_QUERY', 'The SOQL FIELDS function must have a LIMIT of at most 200'],
    [
      'SELECT Id FROM ContentDocumentLink',
      'MALFORMED_QUERY',
      'Implementation restriction: ContentDocumentLink requires a filter',
    ],
    ['SELECT Comments FROM Case', 'INVALID_FIELD', "No such column 'Comments' on entity 'Case'."],
  ])('%s', async (soql, errorCode, message) => {
    const error = errorOf(await client.query(soql));
    expect(error).toMatchObject({ status: 400, errorCode });
    expect(error.message).toContain(message);
  });

  it.each([
    'SELECT Id FROM Case USING SCOPE mine',
    'SELECT Id FROM Case FOR REFERENCE',
    'SELECT FORMAT(CreatedDate) FROM Case',
  ])('%s is said to be not implemented', async (soql) => {
    expect(errorOf(await client.query(soql))).toMatchObject({ status: 501, errorCode: 'LOCAL_ORG_NOT_IMPLEMENTED' });
  });
});

describe('the Tooling API', () => {
  it('knows fields by their definitions', async () => {
    const soql =
      "SELECT QualifiedApiName, DataType, EntityDefinition.QualifiedApiName FROM FieldDefinition WHERE EntityDefinition.QualifiedApiName = 'Case' AND QualifiedApiName IN ('Subject', 'IsClosed')";
    const { body } = await client.tooling(soql);
    expect(body.records).toMatchObject([
      { QualifiedApiName: 'IsClosed', DataType: 'Checkbox', EntityDefinition: { QualifiedApiName: 'Case' } },
      { QualifiedApiName: 'Subject', DataType: 'Text(255)' },
    ]);
  });

  it('gives Metadata for one row at a time', async () => {
    const { records, settings } = client.org.state;
    for (const name of ['A', 'B'])
      records.insert('ApexClass', { Name: name, Metadata: { status: 'Active' } }, settings.adminUserId);
    expect(errorOf(await client.tooling('SELECT Name, Metadata FROM ApexClass'))).toMatchObject({
      status: 400,
      errorCode: 'MALFORMED_QUERY',
      message: expect.stringContaining('no more than one row for retrieval. Result size: 2'),
    });
    const one = await client.tooling("SELECT Name, Metadata FROM ApexClass WHERE Name = 'A'");
    expect(one.body.records).toMatchObject([{ Name: 'A', Metadata: { status: 'Active' } }]);
  });

  it('refuses the objects it does not have, which is how clients learn what kind of org this is', async () => {
    for (const sobject of ['SandboxProcess', 'SourceMember']) {
      expect(errorOf(await client.tooling(`SELECT Id FROM ${sobject}`))).toMatchObject({
        status: 400,
        errorCode: 'INVALID_TYPE',
      });
    }
  });
});
