import type { ClassType } from '../../types/type.ts';
import { ApexValue } from '../value.ts';

/** A constant of an enum; there is one object for each constant, so `===` compares. */
export class EnumValue extends ApexValue {
  readonly type: ClassType;
  readonly name: string;
  readonly ordinal: number;

  constructor(type: ClassType, name: string, ordinal: number) {
    super();
    this.type = type;
    this.name = name;
    this.ordinal = ordinal;
  }
}
