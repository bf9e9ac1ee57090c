import type { NativeClass } from '../native.ts';
import { decimalClass, doubleClass } from './fractions.ts';
import { mathClass } from './math.ts';
import { integerClass, longClass } from './whole-numbers.ts';

/** Types of numbers and System.Math. */
export const numbersLibrary: readonly NativeClass[] = [integerClass, longClass, doubleClass, decimalClass, mathClass];
