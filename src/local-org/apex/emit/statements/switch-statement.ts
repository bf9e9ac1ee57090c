import type { Statement, WhenBlock } from '../../parse/ast/ast.ts';
import type { Expression } from '../../parse/ast/ast-expressions.ts';
import type { Code, Frame, Step } from '../../run/frame.ts';
import { signals } from '../../run/frame.ts';
import { enumConstant } from '../../values/enums/enum-constants.ts';
import { isInstance } from '../../run/runtime-type.ts';
import type { ApexType } from '../../types/type.ts';
import { equal } from '../../values/equality.ts';
import { platformConstant } from '../../values/enums/platform-enums.ts';
import type { Value } from '../../values/value.ts';
import { converted } from '../expressions/conversions.ts';
import type { BodyEmitter } from '../emitter.ts';
import { typeNamed, typeOf } from '../emitter.ts';

/** A constant of the enum is written without its enum; other values are expressions. */
function emitValue(emitter: BodyEmitter, value: Expression, type: ApexType): Code {
  if (type.kind === 'class' && type.symbol.kind === 'enum' && value.kind === 'name') {
    const { symbol } = type;
    const constant =
      symbol.origin === 'user' ? enumConstant(symbol, value.name) : platformConstant(symbol.name, value.name);
    return () => constant;
  }
  return converted(emitter.expression(value), typeOf(emitter, value), type);
}

interface Branch {
  readonly matches: (frame: Frame, value: Value) => boolean;
  readonly body: Step;
}

function emitWhen(emitter: BodyEmitter, when: WhenBlock, type: ApexType): Branch {
  switch (when.value.kind) {
    case 'else':
      return { matches: () => true, body: emitter.block(when.body) };
    case 'type': {
      const wanted = typeNamed(emitter, when.value.type);
      const slot = emitter.slots.declare(when.value.name.text, wanted);
      const note = emitter.counted.mark(when.value.name.at.line);
      return {
        matches: (frame, value) => {
          note(frame);
          if (!isInstance(value, wanted)) return false;
          frame.locals[slot] = value;
          return true;
        },
        body: emitter.block(when.body),
      };
    }
    case 'values': {
      const values = when.value.values.map((value) =>
        emitter.counted.at(value.at.line, () => emitValue(emitter, value, type)),
      );
      return {
        matches: (frame, value) => values.some((one) => equal(frame.run, value, one(frame))),
        body: emitter.block(when.body),
      };
    }
  }
}

export function emitSwitch(emitter: BodyEmitter, statement: Extract<Statement, { kind: 'switch' }>): Step {
  const on = emitter.expression(statement.on);
  const type = typeOf(emitter, statement.on);
  const branches = statement.whens.map((when) => emitWhen(emitter, when, type));
  return (frame) => {
    const value = on(frame);
    const chosen = branches.find((branch) => branch.matches(frame, value));
    return chosen === undefined ? signals.next : chosen.body(frame);
  };
}
