import { expect, test } from 'vitest';
import { renderBlueprint } from '../../../src/blueprint/blueprint.ts';
import { mdapiLayout } from '../../../src/blueprint/layouts.ts';
import { variants } from '../variants.ts';

// From API version 67.0 on, Apex that names no mode runs in user mode, and a class that names no sharing (an inner one
// never takes it from its outer one) runs "with sharing". Fields deployed together with their permission set are visible
// to nobody then: triggers would fail for agents, and tests for whoever deploys.
// https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_security_sharing_chapter.htm
test.each([...variants('singles')])('%s: no statement depends on the rights of the user', async (_name, settings) => {
  const sources = [...mdapiLayout(await renderBlueprint(settings))]
    .filter(([path]) => /\.(?:cls|trigger)$/.test(path))
    .map(([, content]) => withoutComments(content));
  expect(sources.length).toBeGreaterThan(4);

  const queries = sources.flatMap((apex) => apex.match(/\[\s*SELECT[^\]]*\]/g) ?? []);
  expect(queries.length).toBeGreaterThan(8);
  expect(queries.filter((query) => !query.includes('WITH SYSTEM_MODE'))).toEqual([]);

  const changes = sources.flatMap((apex) => apex.match(/\b(?:insert|update|upsert|delete) (?:as |new )?\w+/g) ?? []);
  expect(changes.length).toBeGreaterThan(8);
  expect(changes.filter((change) => !change.endsWith(' as system'))).toEqual([]);

  const calls = sources.flatMap((apex) => apex.match(/\bDatabase\.(?:insert|update|upsert|delete|query)\(.*/g) ?? []);
  expect(calls.length).toBeGreaterThan(0);
  expect(calls.filter((call) => !call.includes('AccessLevel.SYSTEM_MODE'))).toEqual([]);

  // Classes that outlive a transaction or are entered from a trigger; the others hold data.
  const entered = sources.flatMap((apex) => apex.match(/^ *(?:public|private) .*class \w+.*\{/gm) ?? []);
  const open = entered.filter((line) => /implements (?:Queueable|Schedulable)|class OutboundSender/.test(line));
  expect(open.length).toBeGreaterThan(2);
  expect(open.filter((line) => !/UnstorableJob|without sharing/.test(line))).toEqual([]);
  expect(entered.filter((line) => !line.startsWith(' ') && !line.includes('without sharing'))).toEqual([]);
});

function withoutComments(apex: string): string {
  return apex.replace(/\/\*[^]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}
