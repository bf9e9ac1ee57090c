import { describe, expect, it } from 'vitest';
import { evaluate, thrownBy } from './evaluate.ts';

describe('an Id', () => {
  it('has 18 characters, and 15 where they are asked for', async () => {
    expect(
      await evaluate(
        `Id.valueOf('5000000000000Ab')`,
        `Id.valueOf('5000000000000AbAAI').to15()`,
        `Id.valueOf('5000000000000abaai', true)`,
        `Id.valueOf('5000000000000Ab').equals('5000000000000AbAAI')`,
        `Id.valueOf('5000000000000Ab').getSObjectType()`,
        `Id.valueOf('5000000000000Ab').getSObjectType() == Case.SObjectType`,
      ),
    ).toEqual(['5000000000000AbAAI', '5000000000000Ab', '5000000000000AbAAI', 'true', 'Case', 'true']);
  });

  it('is refused where it is none', async () => {
    expect(
      await thrownBy([`Id.valueOf('foo');`, `Id.valueOf('5000000000000AbXYZ');`, `String none; Id.valueOf(none);`]),
    ).toEqual([
      'System.StringException: Invalid id: foo',
      'System.StringException: Invalid id: 5000000000000AbXYZ',
      'System.NullPointerException: Argument cannot be null.',
    ]);
  });
});

it('a Boolean is true for the text true in any case', async () => {
  expect(await evaluate(`Boolean.valueOf('TRUE')`, `Boolean.valueOf('yes')`, `Boolean.valueOf((Object) true)`)).toEqual(
    ['true', 'false', 'true'],
  );
  expect(await thrownBy([`Boolean.valueOf(1);`])).toEqual([
    'System.TypeException: Invalid conversion from runtime type Integer to Boolean',
  ]);
});
