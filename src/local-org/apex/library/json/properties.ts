import { initialize, runCode } from '../../run/calls/invoke.ts';
import { runInstanceInitializer } from '../../run/calls/construct.ts';
import type { Run } from '../../run/run.ts';
import { transactionOf } from '../../run/transaction.ts';
import { hasKeyword } from '../../symbols/modifiers.ts';
import { classChain } from '../../symbols/hierarchy.ts';
import type { ClassSymbol, FieldSymbol } from '../../symbols/symbol.ts';
import type { ClassType } from '../../types/type.ts';
import { Instance } from '../../values/instance.ts';
import type { Value } from '../../values/value.ts';

export function readProperty(run: Run, instance: Instance, field: FieldSymbol): Value {
  const transaction = transactionOf(run);
  const getter = transaction.program.classes.get(field.owner)?.getters.get(field);
  return getter === undefined ? (instance.fields.get(field) ?? null) : runCode(transaction, getter, instance, []);
}

export function writeProperty(run: Run, instance: Instance, field: FieldSymbol, value: Value): void {
  const transaction = transactionOf(run);
  const setter = transaction.program.classes.get(field.owner)?.setters.get(field);
  if (setter === undefined) instance.fields.set(field, value);
  else runCode(transaction, setter, instance, [value]);
}

/** Names of the fields of a class that are marked `transient`, in lower case. */
function transientNames(owner: ClassSymbol): ReadonlySet<string> {
  const members = owner.declaration?.kind === 'class' ? owner.declaration.members : [];
  return new Set(
    members.flatMap((member) => {
      if (member.kind !== 'field' && member.kind !== 'property') return [];
      if (!hasKeyword(member.modifiers, 'transient')) return [];
      const names = member.kind === 'field' ? member.variables.map((one) => one.name.text) : [member.name.text];
      return names.map((name) => name.toLowerCase());
    }),
  );
}

/** Fields and properties of objects of a class that JSON knows, those of superclasses first; static and transient ones do not count. */
export function jsonFields(type: ClassType): FieldSymbol[] {
  return classChain(type)
    .toReversed()
    .filter((one) => one.symbol.origin === 'user')
    .flatMap(({ symbol }) => {
      const hidden = transientNames(symbol);
      return Array.from(symbol.members().fields.values()).filter(
        (field) => !field.isStatic && !hidden.has(field.name.toLowerCase()),
      );
    });
}

/** An object to be filled. A constructor without parameters is run; one with parameters is passed by. */
export function blankInstance(run: Run, type: ClassType): Value {
  const hasDefault = type.symbol.members().constructors.some((one) => one.parameters.length === 0);
  if (hasDefault || type.symbol.isAbstract || type.symbol.kind !== 'class') return run.create(type);
  const transaction = transactionOf(run);
  initialize(transaction, type.symbol);
  const instance = new Instance(type);
  const chain = classChain(type)
    .filter((one) => one.symbol.origin === 'user')
    .toReversed();
  for (const { symbol } of chain) {
    for (const field of symbol.members().fields.values()) if (!field.isStatic) instance.fields.set(field, null);
  }
  for (const { symbol } of chain) runInstanceInitializer(transaction, instance, symbol);
  return instance;
}
