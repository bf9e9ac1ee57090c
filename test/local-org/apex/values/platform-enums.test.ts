import { expect, it } from 'vitest';
import { platformConstant, platformConstants } from '../../../../src/local-org/apex/values/enums/platform-enums.ts';

it('makes one object for each constant of an enum of the platform', () => {
  const [ceiling] = platformConstants('System.RoundingMode');
  expect(ceiling?.name).toBe('CEILING');
  expect(platformConstant('RoundingMode', 'ceiling')).toBe(ceiling);
  expect(platformConstant('System.RoundingMode', 'UP').ordinal).toBe(7);
});

it('knows no other constants and no other enums', () => {
  expect(() => platformConstant('System.RoundingMode', 'SIDEWAYS')).toThrow('System.RoundingMode.SIDEWAYS');
  expect(() => platformConstants('System.Math')).toThrow('System.Math');
});
