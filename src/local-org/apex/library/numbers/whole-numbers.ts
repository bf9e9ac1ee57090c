import { convertNumber } from '../../values/numbers/arithmetic.ts';
import { isNumber } from '../../values/numbers/numbers.ts';
import { textOf } from '../../values/text.ts';
import type { NativeClass } from '../native.ts';
import { methodsOf, nullArgument, textArgument } from '../native.ts';
import { formatNumber, integerFromText, invalidNumber, longFromText } from './number-text.ts';

export const integerClass: NativeClass = {
  name: 'Integer',
  statics: {
    valueof: (run, [value = null]) => {
      if (value === null) throw nullArgument();
      if (typeof value === 'string') return integerFromText(value);
      if (isNumber(value)) return convertNumber(value, 'Integer');
      throw invalidNumber('integer', textOf(run, value));
    },
  },
  methods: methodsOf<number>({
    format: (run, self) => formatNumber(run, self),
  }),
};

export const longClass: NativeClass = {
  name: 'Long',
  statics: {
    valueof: (_run, args) => longFromText(textArgument(args, 0)),
  },
  methods: methodsOf<bigint>({
    format: (run, self) => formatNumber(run, self),
    intvalue: (_run, self) => convertNumber(self, 'Integer'),
  }),
};
