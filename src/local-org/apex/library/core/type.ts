import { parseSignatureType } from '../../platform/signature-syntax.ts';
import type { SignatureType } from '../../platform/signature-syntax.ts';
import type { Run } from '../../run/run.ts';
import { isInstance } from '../../run/runtime-type.ts';
import { isAssignable } from '../../types/conversion.ts';
import type { ApexType } from '../../types/type.ts';
import { classType, isCollection, isSameType } from '../../types/type.ts';
import { apexError } from '../../values/exception.ts';
import { ApexList } from '../../values/collections/list.ts';
import { ApexMap } from '../../values/collections/map.ts';
import { ApexSet } from '../../values/collections/set.ts';
import { SObject } from '../../values/records/sobject.ts';
import { TypeValue } from '../../values/tokens.ts';
import type { Value } from '../../values/value.ts';
import { recordTypeOf } from '../collections/record-type.ts';
import { methodsOf, nullArgument } from '../native.ts';
import type { NativeClass } from '../native.ts';
import { textHash } from './hash-code.ts';

/** A type with its arguments, e.g. `Map<String, List<Account>>`; undefined where a part of it names none. */
function namedType(run: Run, signature: SignatureType): ApexType | undefined {
  const base = run.findType(signature.name);
  if (signature.arguments.length === 0 || base === undefined) return base;
  const args = signature.arguments.map((one) => namedType(run, one));
  const found = args.filter((one) => one !== undefined);
  if (base.kind !== 'class' || found.length !== base.symbol.typeParameters.length) return undefined;
  return classType(base.symbol, found);
}

function forName(run: Run, name: string): TypeValue | null {
  const type = namedType(run, parseSignatureType(name.replaceAll(/\s/g, '')));
  return type === undefined || type.kind === 'unknown' ? null : new TypeValue(type);
}

function newInstance(run: Run, type: ApexType): Value {
  if (type.kind === 'sobject' && type.schema !== undefined) return new SObject(type);
  if (isCollection(type, 'List')) return new ApexList(type);
  if (isCollection(type, 'Set')) return new ApexSet(type);
  if (isCollection(type, 'Map')) return new ApexMap(type);
  if (type.kind === 'class') return run.create(type);
  throw apexError('System.TypeException', `Type cannot be constructed: ${type.name}`);
}

export const typeClass: NativeClass = {
  name: 'System.Type',
  statics: {
    // The local org has no namespace: none and an empty one mean its own types.
    forname: (run, args) => {
      const [namespace, name] = args.length === 1 ? [null, args[0]] : args;
      if (typeof name !== 'string') return null;
      return forName(run, typeof namespace === 'string' && namespace !== '' ? `${namespace}.${name}` : name);
    },
  },
  methods: methodsOf<TypeValue>({
    equals: (_run, self, [other]) => other instanceof TypeValue && isSameType(self.of, other.of),
    getname: (_run, self) => self.of.name,
    hashcode: (_run, self) => textHash(self.of.key),
    isassignablefrom: (_run, self, [other]) => {
      if (!(other instanceof TypeValue)) throw nullArgument();
      return isAssignable(other.of, self.of);
    },
    isinstanceoftype: (_run, self, [value = null]) => isInstance(value, self.of),
    newinstance: (run, self) => newInstance(run, self.of),
    tostring: (_run, self) => self.of.name,
  }),
  fields: { sobjecttype: { get: (_run, self) => recordTypeOf((self as TypeValue).of) } },
};
