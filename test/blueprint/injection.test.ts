import { describe, expect, test } from 'vitest';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { renderBlueprint, renderUnvalidated, type Blueprint } from '../../src/blueprint/blueprint.ts';
import { mdapiLayout } from '../../src/blueprint/layouts.ts';
import type { BlueprintSettings } from '../../src/config/blueprint-settings.ts';
import { apexFiles, parseApex } from './apex-grammar.ts';
import { testSettings } from './variants.ts';

const attacks = [
  "a'); delete [SELECT Id FROM Case]; //@x.co",
  "a\\'); delete [SELECT Id FROM Case]; //@x.co",
  "line\nbreak'\r\n*/ class Evil {} /*",
  '\u2028\u2029\u202E\u0000\u0007\t\b\f',
  '</label><endpoint>https://evil.example</endpoint><!-- ]]> & "quoted" \'',
  '{{apexString replyTo}} {!$Credential.Password} \\u0027',
  'Zoë 支援 🚚 \uD800',
];

/** Every place where a text of the settings gets into Apex, with what puts it there. */
const apexTexts: Record<string, (text: string) => Partial<BlueprintSettings>> = {
  replyTo: (replyTo) => ({ replyTo }),
  integrationUsername: (integrationUsername) => ({ integrationUsername }),
  orgWideEmailAddress: (orgWideEmailAddress) => ({ orgWideEmailAddress }),
  senderDisplayName: (senderDisplayName) => ({ senderDisplayName }),
  caseFromValue: (caseFromValue) => ({ caseFromValue }),
  'contract.keys': (text) => ({ contract: { events: {}, keys: { caseId: text } } }),
  'contract.events': (text) => ({ contract: { events: { caseCreated: text }, keys: {} } }),
};

function apexOf(blueprint: Blueprint): ReturnType<typeof parseApex>[] {
  return apexFiles(blueprint).map(([path, source]) => parseApex(path, source));
}

describe('a hostile value', () => {
  test('in an address is refused, and nothing is rendered', async () => {
    const settings = testSettings({ replyTo: "a'); delete [SELECT Id FROM Case]; //@x.co" });
    await expect(renderBlueprint(settings)).rejects.toMatchObject({
      code: 'BLUEPRINT_INVALID',
      message: expect.stringContaining('replyTo is not an e-mail address'),
    });
  });

  test.each(Object.entries(apexTexts))('in %s stays inside its Apex literal, even unvalidated', async (_, put) => {
    const harmless = apexOf(await renderUnvalidated({ ...testSettings(), ...put('harmless') }));
    for (const attack of attacks) {
      const parsed = apexOf(await renderUnvalidated({ ...testSettings(), ...put(attack) }));
      expect(parsed.flatMap(({ errors }) => errors)).toEqual([]);
      expect(parsed.map(({ tokens }) => tokens)).toEqual(harmless.map(({ tokens }) => tokens));
      expect(parsed.flatMap(({ literals }) => literals)).toContain(attack);
    }
  });

  test('in test fields stays inside its Apex literal', async () => {
    for (const attack of attacks) {
      const settings = testSettings({ testRecords: { caseFields: { Text__c: attack } } });
      const parsed = apexOf(await renderBlueprint(settings));
      expect(parsed.flatMap(({ errors }) => errors)).toEqual([]);
      expect(parsed.flatMap(({ literals }) => literals)).toContain(JSON.stringify({ Text__c: attack }));
    }
  });

  test('in XML stays inside its element, even unvalidated', async () => {
    for (const attack of attacks) {
      const settings = { ...testSettings(), webhookUrl: attack, caseFromValue: attack, apiVersion: attack };
      settings.namedCredential = { ...settings.namedCredential, label: attack };
      const layout = mdapiLayout(await renderUnvalidated(settings));
      const text = Array.from(attack, (character) => (isXml(character) ? character : '\uFFFD')).join('');
      for (const [path, content] of layout) {
        if (/\.(?:cls|trigger)$/.test(path)) continue;
        expect(XMLValidator.validate(content), path).toBe(true);
      }
      const parser = new XMLParser({ trimValues: false, parseTagValue: false, htmlEntities: true });
      const { NamedCredential } = parser.parse(layout.get('namedCredentials/OpenCX_Integration.namedCredential') ?? '');
      expect(NamedCredential.endpoint).toBe(text);
      expect(NamedCredential.label).toBe(text);
    }
  });

  test('as a name is refused, by the last line of defence as well', async () => {
    const settings = testSettings();
    settings.names = { ...settings.names, apexClass: 'X { } public class Evil' };
    await expect(renderBlueprint(settings)).rejects.toMatchObject({ code: 'BLUEPRINT_INVALID' });
    await expect(renderUnvalidated(settings)).rejects.toMatchObject({ code: 'BLUEPRINT_INVALID' });
  });
});

function isXml(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return code === 9 || code === 10 || code === 13 || (code >= 32 && !(code >= 0xd800 && code <= 0xdfff));
}
