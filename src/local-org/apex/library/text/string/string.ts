import type { NativeClass } from '../../native.ts';
import { methodsOf } from '../../native.ts';
import { stringCase } from './methods/string-case.ts';
import { stringChars } from './methods/string-chars.ts';
import { stringCompare } from './methods/string-compare.ts';
import { stringEscape } from './methods/string-escape.ts';
import { stringLayout } from './methods/string-layout.ts';
import { stringParts } from './methods/string-parts.ts';
import { stringRegex } from './methods/string-regex.ts';
import { stringSearch } from './methods/string-search.ts';
import { stringStatic } from './methods/string-static.ts';
import { stringTests } from './methods/string-tests.ts';

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
