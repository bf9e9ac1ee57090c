import type { FieldSymbol } from '../symbols/symbol.ts';
import type { ClassType } from '../types/type.ts';
import { ApexValue } from './value.ts';
import type { Value } from './value.ts';

/** An object of a class of the customer, with its fields by their symbols (those of superclasses too). */
export class Instance extends ApexValue {
  readonly type: ClassType;
  readonly fields = new Map<FieldSymbol, Value>();

  constructor(type: ClassType) {
    super();
    this.type = type;
  }
}
