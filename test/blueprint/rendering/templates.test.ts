import { readdir, readFile } from 'node:fs/promises';
import handlebars from 'handlebars';
import { describe, expect, test } from 'vitest';
import { apexString, identifier, xmlText } from '../../../src/blueprint/rendering/escape.ts';
import { renderTemplate } from '../../../src/blueprint/rendering/render.ts';
import { templateContext } from '../../../src/blueprint/rendering/template-context.ts';
import { templateHelpers } from '../../../src/blueprint/rendering/template-helpers.ts';
import { unguardedValues } from '../../../src/blueprint/rendering/unguarded-values.ts';
import { testSettings } from '../variants.ts';

const helpers = new Set(Object.keys(templateHelpers));
const unguarded = (template: string): string[] => unguardedValues(handlebars.parse(template), helpers);

describe('templates', () => {
  test('print no value without a helper that escapes or checks it', async () => {
    const folder = new URL('../../../templates/', import.meta.url);
    const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.hbs'));
    expect(files.length).toBeGreaterThan(25);
    for (const file of files) expect(unguarded(await readFile(new URL(file, folder), 'utf8')), file).toEqual([]);
  });

  test.each([
    ['{{replyTo}}', 'replyTo'],
    ['{{{replyTo}}}', 'replyTo'],
    ['{{#if a}}{{names.apexClass}}{{/if}}', 'names.apexClass'],
    ['{{#if a}}{{else}}{{this}}{{/if}}', 'this'],
    ['{{#each list}}{{#unless a}}{{@key}}{{/unless}}{{/each}}', '@key'],
    ['{{#> layout}}x{{/layout}}', 'PartialBlockStatement'],
  ])('%s would be refused', (template, printed) => {
    expect(unguarded(template)).toEqual([printed]);
  });

  test('fail on a value of the wrong kind instead of printing it', async () => {
    const context = templateContext(testSettings());
    const broken = { ...context, replyTo: { toString: () => 'evil' } as unknown as string };
    await expect(renderTemplate('triggers/outbound-sender.trigger', broken)).rejects.toThrow('expects a string');
    await expect(renderTemplate('triggers/none.trigger', context)).rejects.toThrow('there is no template');
  });
});

describe('escaping', () => {
  test.each([
    ["it's", String.raw`'it\'s'`],
    [String.raw`\'`, String.raw`'\\\''`],
    ['a\nb\r\t\b\f', String.raw`'a\nb\r\t\b\f'`],
    ['\u2028\u202E\u0000', String.raw`'\u2028\u202E\u0000'`],
    ['\uD800', String.raw`'\uD800'`],
    ['Zoë 支援 🚚 "x"', `'Zoë 支援 🚚 "x"'`],
    ['', `''`],
  ])('Apex: %j', (value, literal) => {
    expect(apexString(value)).toBe(literal);
  });

  test.each([
    [`<a b="c">'&`, '&lt;a b=&quot;c&quot;&gt;&apos;&amp;'],
    ['a\nb', 'a&#10;b'],
    ['\u0000\uFFFF\uD800', '\uFFFD\uFFFD\uFFFD'],
    ['🚚', '🚚'],
  ])('XML: %j', (value, text) => {
    expect(xmlText(value)).toBe(text);
  });

  test('names are passed through or refused', () => {
    expect(identifier('Case_From__c')).toBe('Case_From__c');
    expect(() => identifier('x; delete y')).toThrow('is no API name');
  });
});
