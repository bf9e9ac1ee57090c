import type { NativeClass } from '../native.ts';
import { blobClass } from './blob.ts';
import { booleanClass } from './boolean.ts';
import { cryptoClass } from './crypto/crypto.ts';
import { encodingUtilClass } from './encoding-util.ts';
import { idClass } from './id.ts';
import { matcherClass } from './matcher.ts';
import { patternClass } from './pattern.ts';
import { stringClass } from './string/string.ts';
import { urlClass } from './url.ts';
import { uuidClass } from './uuid.ts';

/** Classes for text, ids, bytes and their encodings. */
export const textLibrary: readonly NativeClass[] = [
  blobClass,
  booleanClass,
  cryptoClass,
  encodingUtilClass,
  idClass,
  matcherClass,
  patternClass,
  stringClass,
  urlClass,
  uuidClass,
];
