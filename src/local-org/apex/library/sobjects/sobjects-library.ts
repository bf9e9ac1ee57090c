import type { NativeClass } from '../native.ts';
import { sobjectClass } from './sobject.ts';

/** Records. */
export const sobjectsLibrary: readonly NativeClass[] = [sobjectClass];
