import { ApexList } from '../../../../values/collections/list.ts';
import { ApexDate, ApexDatetime } from '../../../../values/temporal.ts';
import { dateText, datetimeText, textOf } from '../../../../values/text.ts';
import type { Value } from '../../../../values/value.ts';
import type { NativeCall, StaticNative } from '../../../native.ts';
import { integerArgument, nullArgument, textArgument } from '../../../native.ts';
import type { Run } from '../../../../run/run.ts';
import { isWhitespace } from '../char-kinds.ts';
import { elementsOf } from '../elements-of.ts';
import { formatMessage } from '../format-message.ts';
import { localDatetimeText } from '../local-datetime-text.ts';

/** Static methods of String. */
export const stringStatic: Readonly<Record<string, StaticNative>> = {
  escapesinglequotes: (_run, args) => textArgument(args, 0).replaceAll("'", "\\'"),
  format: (run, args) => {
    const [, values] = args;
    if (!(values instanceof ApexList)) throw nullArgument();
    const texts = values.items.map((value) => textOf(run, value));
    return formatMessage(textArgument(args, 0), texts);
  },
  fromchararray: (_run, [chars]) => {
    if (!(chars instanceof ApexList)) throw nullArgument();
    return chars.items.map((_char, index) => String.fromCharCode(integerArgument(chars.items, index))).join('');
  },
  getcommonprefix: (_run, [texts]) => {
    if (!(texts instanceof ApexList)) throw nullArgument();
    return commonPrefix(texts.items.map((text) => (typeof text === 'string' ? text : '')));
  },
  isblank: (_run, [text]) => isBlank(text),
  isnotblank: (_run, [text]) => !isBlank(text),
  isempty: (_run, [text]) => text === null || text === '',
  isnotempty: (_run, [text]) => text !== null && text !== '',
  // As in Commons Lang, whose method it is, an element that is null is no text at all.
  join: (run, args) =>
    elementsOf(run, args[0] ?? null)
      .map((element) => (element === null ? '' : textOf(run, element)))
      .join(textArgument(args, 1)),
  valueof: (run, [value = null], call) => valueText(run, value, call),
  valueofgmt: (_run, [value]) => (value instanceof ApexDatetime ? datetimeText(value) : null),
};

/** Null stays null. A Date and a Datetime have texts of their own only where the compiler knows that they are one. */
function valueText(run: Run, value: Value, call: NativeCall): Value {
  if (value === null) return null;
  const [parameter] = call.parameters;
  if (value instanceof ApexDate && parameter?.key === 'date') return dateText(value);
  if (value instanceof ApexDatetime && parameter?.key === 'datetime') return localDatetimeText(run, value);
  return textOf(run, value);
}

function isBlank(text: Value | undefined): boolean {
  return typeof text !== 'string' || text.split('').every(isWhitespace);
}

function commonPrefix(texts: readonly string[]): string {
  const [first = '', ...others] = texts;
  let length = first.length;
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length -= 1;
  return first.slice(0, length);
}
