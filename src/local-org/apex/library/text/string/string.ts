import type { NativeClass } from '../../native.ts';
import { methodsOf } from '../../native.ts';
import { stringCase } from './string-case.ts';
import { stringChars } from './string-chars.ts';
import { stringCompare } from './string-compare.ts';
import { stringEscape } from './string-escape.ts';
import { stringLayout } from './string-layout.ts';
import { stringParts } from './string-parts.ts';
import { stringRegex } from './string-regex.ts';
import { stringSearch } from './string-search.ts';
import { stringStatic } from './string-static.ts';
import { stringTests } from './string-tests.ts';

/** `String`. Its `addError` belongs to the field of a record, which the text knows nothing of. */
export const stringClass: NativeClass = {
  name: 'String',
  statics: stringStatic,
  methods: methodsOf<string>({
    ...stringCase,
    ...stringChars,
    ...stringCompare,
    ...stringEscape,
    ...stringLayout,
    ...stringParts,
    ...stringRegex,
    ...stringSearch,
    ...stringTests,
  }),
};
