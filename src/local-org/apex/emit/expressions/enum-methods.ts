import type { CallExpression } from '../../parse/ast/ast-expressions.ts';
import { nullPointer } from '../../library/native.ts';
import type { Code } from '../../run/frame.ts';
import { enumConstants } from '../../values/enums/enum-constants.ts';
import type { ClassSymbol, MethodSymbol } from '../../symbols/symbol.ts';
import { classType } from '../../types/type.ts';
import { EnumValue } from '../../values/enums/enum-value.ts';
import { equal } from '../../values/equality.ts';
import { apexError } from '../../values/exception.ts';
import { identityOf } from '../../values/collections/key.ts';
import { ApexList } from '../../values/collections/list.ts';
import { platformConstants } from '../../values/enums/platform-enums.ts';
import type { Value } from '../../values/value.ts';
import { receiver, skipped } from './chain.ts';
import type { Emitter } from '../emitter.ts';
import { missing } from '../emitter.ts';

function constantsOf(symbol: ClassSymbol): readonly EnumValue[] {
  return symbol.origin === 'user' ? enumConstants(symbol) : platformConstants(symbol.name);
}

function valueOf(symbol: ClassSymbol, name: Value): EnumValue {
  if (typeof name !== 'string') throw nullPointer();
  const constant = constantsOf(symbol).find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (constant !== undefined) return constant;
  throw apexError('System.NoSuchElementException', `No enum constant ${symbol.name}.${name}`);
}

/** `name()`, `ordinal()`, `values()`, `valueOf(…)`: what every enum has, the platform's too. */
export function emitEnumMethod(emitter: Emitter, call: CallExpression, method: MethodSymbol): Code {
  const { owner } = method;
  const [argument] = call.arguments.map((one) => emitter.expression(one));
  const self = call.target === undefined ? undefined : call.target;
  const onConstant = (compute: (constant: EnumValue) => Value): Code => {
    if (self === undefined) return missing(emitter, call.at, `${owner.name}.${method.name}`);
    const target = receiver(emitter, self, call.safe);
    return (frame) => {
      const constant = target(frame);
      if (constant === skipped) return constant;
      if (!(constant instanceof EnumValue)) throw nullPointer();
      return compute(constant);
    };
  };
  switch (method.name.toLowerCase()) {
    case 'name':
    case 'tostring':
      return onConstant((constant) => constant.name);
    case 'ordinal':
      return onConstant((constant) => constant.ordinal);
    case 'hashcode':
      return onConstant((constant) => identityOf(constant));
    case 'equals': {
      const target = self === undefined ? undefined : emitter.expression(self);
      if (target === undefined || argument === undefined) return missing(emitter, call.at, `${owner.name}.equals`);
      return (frame) => {
        const constant = target(frame);
        if (constant === null) throw nullPointer();
        return equal(frame.run, constant, argument(frame));
      };
    }
    case 'values': {
      const type = classType(owner);
      return () => ApexList.of(type, [...constantsOf(owner)]);
    }
    case 'valueof':
      if (argument === undefined) return missing(emitter, call.at, `${owner.name}.valueOf`);
      return (frame) => valueOf(owner, argument(frame));
    default:
      return missing(emitter, call.at, `${owner.name}.${method.name}`);
  }
}
