import type { LogLevel } from '../../run/debug-log.ts';
import { logLevels } from '../../run/debug-log.ts';
import type { Run } from '../../run/run.ts';
import { EnumValue } from '../../values/enums/enum-value.ts';
import { textOf } from '../../values/text.ts';
import type { Value } from '../../values/value.ts';
import { Transaction } from '../../run/transaction.ts';

function levelOf(value: Value | undefined): LogLevel {
  const name = value instanceof EnumValue ? value.name : 'DEBUG';
  return logLevels.find((level) => level === name) ?? 'DEBUG';
}

/** `System.debug(value)` and `System.debug(level, value)`. */
export function debug(run: Run, args: readonly Value[]): null {
  const [first = null, second] = args;
  const level = args.length === 2 ? levelOf(first) : 'DEBUG';
  if (!run.log.isOn('ApexCode', level)) return null;
  const line = run instanceof Transaction ? (run.frames.at(-1)?.line ?? 0) : 0;
  run.log.add(
    'ApexCode',
    level,
    'USER_DEBUG',
    `[${line}]`,
    level,
    textOf(run, args.length === 2 ? (second ?? null) : first),
  );
  return null;
}
