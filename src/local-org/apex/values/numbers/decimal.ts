import { primitives } from '../../types/type.ts';
import { ApexValue } from '../value.ts';

/** A Decimal: `unscaled` / 10^`scale`, like Java's BigDecimal, so that 1.10 keeps its two places. */
export class Decimal extends ApexValue {
  readonly type = primitives.Decimal;
  readonly unscaled: bigint;
  readonly scale: number;

  constructor(unscaled: bigint, scale: number) {
    super();
    this.unscaled = unscaled;
    this.scale = scale;
  }
}
