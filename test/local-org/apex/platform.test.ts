import { describe, expect, test } from 'vitest';
import { findPlatformClass } from '../../../src/local-org/apex/platform/platform.ts';
import { parseMember } from '../../../src/local-org/apex/platform/signature-syntax.ts';
import signatures from '../../../src/local-org/apex/platform/signatures.json' with { type: 'json' };
import { findMethods } from '../../../src/local-org/apex/symbols/find-member.ts';
import { superTypes } from '../../../src/local-org/apex/symbols/hierarchy.ts';
import { classType, primitives } from '../../../src/local-org/apex/types/type.ts';

describe('platform classes', () => {
  test('every class of the data can be read', () => {
    for (const name of Object.keys(signatures)) {
      const symbol = findPlatformClass(name);
      if (symbol === undefined) throw new Error(`${name} is not found.`);
      const { fields, methods, constructors } = symbol.members();
      expect(symbol.name.toLowerCase()).toBe(name);
      expect(symbol.header().interfaces).toBeDefined();
      expect(
        [...fields.values(), ...[...methods.values()].flat(), ...constructors].every((one) => one.owner === symbol),
      ).toBe(true);
    }
  });

  test('are found with and without System, in any case', () => {
    const http = findPlatformClass('HttpRequest');
    expect(http?.name).toBe('System.HttpRequest');
    expect(findPlatformClass('system.httprequest')).toBe(http);
    expect(findPlatformClass('System.String')).toBe(findPlatformClass('string'));
    expect(findPlatformClass('SObjectType')?.name).toBe('Schema.SObjectType');
    expect(findPlatformClass('System.Nothing')).toBeUndefined();
  });

  test('exceptions extend Exception', () => {
    const dml = findPlatformClass('DmlException');
    expect(dml === undefined ? [] : superTypes(classType(dml)).map((one) => one.name)).toEqual(['Exception']);
  });

  test('members of a generic class take its arguments', () => {
    const map = findPlatformClass('Map');
    if (map === undefined) throw new Error('There is a Map.');
    const type = classType(map, [primitives.Id, primitives.String]);
    expect(type.name).toBe('Map<Id,String>');
    const [get] = findMethods(type, 'GET');
    expect(get?.returnType).toBe(primitives.String);
    expect(get?.parameters).toEqual([primitives.Id]);
    expect(findMethods(type, 'keySet')[0]?.returnType.name).toBe('Set<Id>');
  });
});

describe('signature lines', () => {
  test.each([
    ['static Long max(Long, Long)', { kind: 'method', name: 'max', isStatic: true }],
    ['Boolean success', { kind: 'field', name: 'success', isStatic: false }],
    ['System.Http()', { kind: 'constructor', name: 'System.Http', type: undefined }],
    ['static final System.Quiddity SYNC', { kind: 'field', isFinal: true, isStatic: true }],
  ])('%s', (line, expected) => {
    expect(parseMember(line)).toMatchObject(expected);
  });

  test('types nest', () => {
    expect(parseMember('Map<String, List<SObject>> load(Set<Id>, String[])')).toMatchObject({
      type: { name: 'Map', arguments: [{ name: 'String' }, { name: 'List', arguments: [{ name: 'SObject' }] }] },
      parameters: [{ name: 'Set' }, { name: 'List', arguments: [{ name: 'String' }] }],
    });
  });

  test('what is none is refused', () => {
    expect(() => parseMember('!')).toThrow('Not a signature: !');
  });
});
