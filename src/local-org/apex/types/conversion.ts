import { superTypes } from '../symbols/hierarchy.ts';
import type { ApexType, ClassType, PrimitiveName, RowsType } from './type.ts';
import { isCollection, isNumeric, isPrimitive, isSameType } from './type.ts';

/**
 * What a primitive becomes without a cast: numbers widen, Decimal and Double go both ways, Id and String too,
 * a Date becomes a Datetime.
 */
const implicit: Partial<Record<PrimitiveName, readonly PrimitiveName[]>> = {
  Integer: ['Long', 'Double', 'Decimal'],
  Long: ['Double', 'Decimal'],
  Double: ['Decimal'],
  Decimal: ['Double'],
  Id: ['String'],
  String: ['Id'],
  Date: ['Datetime'],
};

function isGenericSObject(type: ApexType): boolean {
  return type.kind === 'sobject' && type.key === 'sobject';
}

/**
 * What a reference to several objects leads to: `User owner = record.Owner;` after `record.Owner instanceof User`
 * (Apex Developer Guide, "Working with Polymorphic Relationships in SOQL Queries").
 */
export function isPolymorphic(type: ApexType): boolean {
  return type.kind === 'sobject' && type.key === 'name';
}

function rowsFit(rows: RowsType, to: ApexType): boolean {
  const fits = (element: ApexType): boolean =>
    isPrimitive(element, 'Object') ||
    isGenericSObject(element) ||
    isGenericSObject(rows.element) ||
    isSameType(rows.element, element);
  if (to.kind === 'sobject') return fits(to);
  if (to.kind === 'rows') return fits(to.element);
  const [element] = isCollection(to, 'List', 'Iterable') ? to.arguments : [];
  return element !== undefined && (element.kind === 'unknown' || fits(element));
}

/** Elements of lists convert like values, and a list of SObject also passes for a list of any object. */
function elementFits(from: ApexType, to: ApexType): boolean {
  return isAssignable(from, to) || (isGenericSObject(from) && to.kind === 'sobject');
}

function argumentsFit(from: ClassType, to: ClassType): boolean {
  const pairs = to.arguments.map((argument, index) => [from.arguments[index], argument] as const);
  return pairs.every(([own, wanted], index) => {
    if (own === undefined || own.kind === 'unknown' || wanted.kind === 'unknown') return true;
    // A set's elements and a map's keys are invariant; everything else is covariant.
    if (isCollection(to, 'Set') || (isCollection(to, 'Map') && index === 0)) return isSameType(own, wanted);
    return isCollection(to, 'Map') ? isAssignable(own, wanted) : elementFits(own, wanted);
  });
}

function classFits(from: ClassType, to: ClassType): boolean {
  return [from, ...superTypes(from)].some((one) => one.symbol === to.symbol && argumentsFit(one, to));
}

/** Whether a value of `from` may be assigned to, passed as or returned as `to` without a cast. */
export function isAssignable(from: ApexType, to: ApexType): boolean {
  if (from.kind === 'unknown' || to.kind === 'unknown') return true;
  if (from.kind === 'void' || to.kind === 'void') return false;
  if (isSameType(from, to) || from.kind === 'null' || isPrimitive(to, 'Object')) return true;
  if (from.kind === 'rows') return rowsFit(from, to);
  if (from.kind === 'primitive')
    return to.kind === 'primitive' && implicit[from.primitive]?.includes(to.primitive) === true;
  if (from.kind === 'sobject') return isGenericSObject(to) || (isPolymorphic(from) && to.kind === 'sobject');
  return from.kind === 'class' && to.kind === 'class' && classFits(from, to);
}

function isOpen(type: ClassType): boolean {
  return type.symbol.kind === 'interface' || type.symbol.isVirtual || type.symbol.isAbstract;
}

function classesCastable(from: ClassType, to: ClassType): boolean {
  if (isCollection(from, 'List', 'Set', 'Map') && from.symbol === to.symbol) {
    return from.arguments.every((argument, index) => {
      const other = to.arguments[index];
      if (other === undefined || isSameType(argument, other)) return true;
      return !isCollection(from, 'Set') && isCastable(argument, other);
    });
  }
  const related = (a: ClassType, b: ClassType): boolean => [a, ...superTypes(a)].some((one) => one.symbol === b.symbol);
  if (related(from, to) || related(to, from)) return true;
  // A subclass yet unknown may implement the interface.
  if (from.symbol.kind === 'interface')
    return isOpen(to) || from.symbol.origin === 'platform' || to.symbol.origin === 'platform';
  return to.symbol.kind === 'interface' && (isOpen(from) || from.symbol.origin === 'platform');
}

/** Whether `(to) value` may succeed for some value of type `from`. */
export function isCastable(from: ApexType, to: ApexType): boolean {
  if (from.kind === 'void' || to.kind === 'void') return false;
  if (isAssignable(from, to) || isAssignable(to, from)) return true;
  if (isNumeric(from) && isNumeric(to)) return true;
  if (from.kind === 'rows') return to.kind === 'sobject' ? false : isCollection(to, 'List');
  return from.kind === 'class' && to.kind === 'class' && classesCastable(from, to);
}

/** Whether `==` may compare the two. */
export function isComparable(a: ApexType, b: ApexType): boolean {
  if (a.kind === 'void' || b.kind === 'void') return false;
  return isAssignable(a, b) || isAssignable(b, a) || (isNumeric(a) && isNumeric(b));
}

/** The type that both alternatives of a conditional share; undefined where there is none. */
export function commonType(a: ApexType, b: ApexType): ApexType | undefined {
  if (a.kind === 'null') return b;
  if (b.kind === 'null') return a;
  if (isAssignable(a, b)) return b;
  return isAssignable(b, a) ? a : undefined;
}
