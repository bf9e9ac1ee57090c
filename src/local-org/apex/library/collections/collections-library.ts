import type { NativeClass } from '../native.ts';
import { iterableClass, iteratorClass } from './iterator.ts';
import { listClass } from './list.ts';
import { mapClass } from './map.ts';
import { setClass } from './set.ts';

/** `List`, `Set`, `Map` and how they are walked. */
export const collectionsLibrary: readonly NativeClass[] = [listClass, setClass, mapClass, iteratorClass, iterableClass];
