import { primitives } from '../../types/type.ts';
import { ApexValue } from '../value.ts';

/** A Double: 64-bit floating point, apart from `number`, which is an Integer. */
export class ApexDouble extends ApexValue {
  readonly type = primitives.Double;
  readonly value: number;

  constructor(value: number) {
    super();
    this.value = value;
  }
}
