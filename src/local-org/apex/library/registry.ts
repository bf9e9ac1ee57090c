import { rootClass } from '../platform/platform.ts';
import { superTypes } from '../symbols/hierarchy.ts';
import type { ClassSymbol } from '../symbols/symbol.ts';
import { classType } from '../types/type.ts';
import { collectionsLibrary } from './collections/collections-library.ts';
import { coreLibrary } from './core/core-library.ts';
import { databaseLibrary } from './database/database-library.ts';
import { httpLibrary } from './http/http-library.ts';
import { jsonLibrary } from './json/json-library.ts';
import { mailLibrary } from './mail/mail-library.ts';
import type { NativeClass, Natives } from './native.ts';
import { numbersLibrary } from './numbers/numbers-library.ts';
import { schemaLibrary } from './schema/schema-library.ts';
import { sobjectsLibrary } from './sobjects/sobjects-library.ts';
import { systemLibrary } from './system/system-library.ts';
import { textLibrary } from './text/text-library.ts';
import { timeLibrary } from './time/time-library.ts';

/** Two tables for one class are one: `System.System` has its jobs and its assertions in different rooms. */
function merge(one: NativeClass, other: NativeClass): NativeClass {
  const construct = one.construct ?? other.construct;
  return {
    name: one.name,
    ...(construct === undefined ? {} : { construct }),
    statics: { ...one.statics, ...other.statics },
    methods: { ...one.methods, ...other.methods },
    staticFields: { ...one.staticFields, ...other.staticFields },
    fields: { ...one.fields, ...other.fields },
  };
}

const classes = new Map<string, NativeClass>();
for (const native of [
  ...collectionsLibrary,
  ...coreLibrary,
  ...databaseLibrary,
  ...httpLibrary,
  ...jsonLibrary,
  ...mailLibrary,
  ...numbersLibrary,
  ...schemaLibrary,
  ...sobjectsLibrary,
  ...systemLibrary,
  ...textLibrary,
  ...timeLibrary,
]) {
  const key = native.name.toLowerCase();
  const known = classes.get(key);
  classes.set(key, known === undefined ? native : merge(known, native));
}

/** Apex may name a method `constructor`, which every table would answer to. */
function entry<T>(table: Readonly<Record<string, T>> | undefined, ...keys: readonly string[]): T | undefined {
  for (const key of keys) if (table !== undefined && Object.hasOwn(table, key)) return table[key];
  return undefined;
}

function keysOf(name: string, parameters: number): [string, string] {
  const key = name.toLowerCase();
  return [`${key}/${parameters}`, key];
}

function classNamed(name: string): NativeClass | undefined {
  return classes.get(name.toLowerCase());
}

/** A class with those above it, and what every value has. */
function lineage(symbol: ClassSymbol): ClassSymbol[] {
  return [symbol, ...superTypes(classType(symbol)).map((one) => one.symbol), rootClass(symbol.origin)];
}

/** The standard library of the local org. */
export const natives: Natives = {
  class: classNamed,
  static: (owner, name, parameters) => entry(classNamed(owner)?.statics, ...keysOf(name, parameters)),
  method(symbol, name, parameters) {
    for (const one of lineage(symbol)) {
      const method = entry(classNamed(one.name)?.methods, ...keysOf(name, parameters));
      if (method !== undefined) return method;
    }
    return undefined;
  },
  staticField: (owner, name) => entry(classNamed(owner)?.staticFields, name.toLowerCase()),
  field(symbol, name) {
    for (const one of lineage(symbol)) {
      const field = entry(classNamed(one.name)?.fields, name.toLowerCase());
      if (field !== undefined) return field;
    }
    return undefined;
  },
};
