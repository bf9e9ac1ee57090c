import { afterAll, beforeAll, expect, test } from 'vitest';

import { startMetadataOrg } from './metadata-org.ts';
import type { MetadataOrg } from './metadata-org.ts';
import { apexClass, manifest, namedCredential, objectFile, permissionSet, zipOf } from './package-zip.ts';

// Valid requests, broken at random places with a fixed seed: every one must end in an answer of Salesforce's shape, and
// none in an UNKNOWN_EXCEPTION, which stands for a bug of the local org.

let org: MetadataOrg;
beforeAll(async () => {
  org = await startMetadataOrg();
});
afterAll(async () => {
  await org.close();
});

/** A small linear congruential generator: the same numbers each run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % below;
  };
}

const files = {
  'package.xml': manifest({
    ApexClass: ['A'],
    CustomField: ['Case.F__c'],
    NamedCredential: ['N'],
    PermissionSet: ['P'],
  }),
  ...apexClass('A', 'public class A {\n    public Integer one() {\n        return 1;\n    }\n}\n'),
  'namedCredentials/N.namedCredential': namedCredential('https://n.example.com'),
  'objects/Case.object': objectFile(['F__c']),
  'permissionsets/P.permissionset': permissionSet(['Case.F__c']),
};

const junk = [
  '<',
  '>',
  '&',
  '"',
  '</x>',
  '<x>',
  ']]>',
  '<![CDATA[',
  '<!--',
  '\u0000',
  '\u{1F600}',
  'xmlns="x"',
  '../',
  '%',
  "'",
];

function breakText(text: string, next: (below: number) => number): string {
  let broken = text;
  for (let count = 1 + next(3); count > 0; count -= 1) {
    const at = next(broken.length + 1);
    const insert = junk[next(junk.length)] ?? '';
    broken = broken.slice(0, at) + (next(2) === 0 ? insert : '') + broken.slice(at + next(12));
  }
  return broken;
}

test('300 packages with broken files end as deployments that succeed or say what is wrong', async () => {
  const next = numbers(7);
  const statuses = new Map<string, number>();
  for (let round = 0; round < 300; round += 1) {
    const paths = Object.keys(files);
    const path = paths[next(paths.length)] ?? '';
    const broken = { ...files, [path]: breakText(files[path as keyof typeof files], next) };
    const result = await org.connection.metadata
      .deploy(zipOf(broken), { singlePackage: true, rollbackOnError: true, checkOnly: true })
      .complete(true);
    statuses.set(result.status, (statuses.get(result.status) ?? 0) + 1);
    expect(result.errorStatusCode).toBeUndefined();
    if (result.status === 'Failed') expect(result.details.componentFailures.length).toBeGreaterThan(0);
  }
  expect([...statuses.keys()].sort()).toEqual(['Failed', 'Succeeded']);
}, 60_000);

test('300 broken zips are refused at once or end as failed deployments', async () => {
  const next = numbers(11);
  const good = zipOf(files);
  let refused = 0;
  for (let round = 0; round < 300; round += 1) {
    const zip = Buffer.from(good.subarray(0, next(4) === 0 ? next(good.length) : good.length));
    for (let count = 1 + next(4); count > 0 && zip.length > 0; count -= 1) zip[next(zip.length)] = next(256);
    const answer = await org.soap(
      `<deploy><ZipFile>${zip.toString('base64')}</ZipFile><DeployOptions><checkOnly>true</checkOnly><singlePackage>true</singlePackage></DeployOptions></deploy>`,
    );
    const id = /<id>(\w+)<\/id>/.exec(answer.text)?.[1];
    if (id === undefined) {
      refused += 1;
      expect(answer.status).toBe(500);
      expect(answer.text).toMatch(/<faultcode>sf:(INVALID_OPERATION|LIMIT_EXCEEDED)<\/faultcode>/);
      continue;
    }
    let result = await org.connection.metadata.checkDeployStatus(id);
    while (!result.done) result = await org.connection.metadata.checkDeployStatus(id);
    expect(['INVALID_OPERATION', 'LIMIT_EXCEEDED', undefined]).toContain(result.errorStatusCode);
  }
  expect(refused).toBeGreaterThan(10);
}, 60_000);

test('300 broken SOAP requests are answered in XML', async () => {
  const next = numbers(13);
  const envelope =
    '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/">' +
    `<soapenv:Header xmlns="http://soap.sforce.com/2006/04/metadata"><SessionHeader><sessionId>${org.token}</sessionId></SessionHeader></soapenv:Header>` +
    '<soapenv:Body xmlns="http://soap.sforce.com/2006/04/metadata"><listMetadata><queries><type>ApexClass</type></queries></listMetadata></soapenv:Body></soapenv:Envelope>';
  for (let round = 0; round < 300; round += 1) {
    const body = breakText(envelope, next);
    const response = await fetch(`${org.url}/services/Soap/m/68.0`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml' },
      body,
    });
    expect([200, 500]).toContain(response.status);
    expect(response.headers.get('content-type')).toMatch(/^text\/xml/);
    expect(await response.text()).toContain('<soapenv:Envelope');
  }
}, 60_000);
