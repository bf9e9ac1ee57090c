import { isAssignable } from '../types/conversion.ts';
import type { ApexType, PrimitiveName } from '../types/type.ts';
import { isPrimitive, isSameType } from '../types/type.ts';
import type { MethodCandidate } from './find-member.ts';
import { superTypes } from './hierarchy.ts';

type Overload =
  | { readonly kind: 'found'; readonly candidate: MethodCandidate }
  | { readonly kind: 'none' }
  | { readonly kind: 'ambiguous' };

const widening: readonly PrimitiveName[] = ['Integer', 'Long', 'Double', 'Decimal'];
const objectDistance = 100;

/** How far an argument is from a parameter it may be passed to; 0 is the same type. */
function distance(argument: ApexType, parameter: ApexType): number {
  if (isSameType(argument, parameter) || argument.kind === 'unknown' || argument.kind === 'null') return 0;
  if (isPrimitive(parameter, 'Object')) return objectDistance;
  if (argument.kind === 'rows') return parameter.kind === 'sobject' ? 2 : 1;
  if (argument.kind === 'primitive' && parameter.kind === 'primitive') {
    const steps = widening.indexOf(parameter.primitive) - widening.indexOf(argument.primitive);
    return steps > 0 ? steps : 1;
  }
  if (argument.kind === 'class' && parameter.kind === 'class') {
    const steps = superTypes(argument).findIndex((one) => one.symbol === parameter.symbol);
    return steps < 0 ? 1 : steps + 2;
  }
  return 1;
}

function fits(candidate: MethodCandidate, args: readonly ApexType[]): boolean {
  return (
    candidate.parameters.length === args.length &&
    candidate.parameters.every((parameter, index) => {
      const argument = args[index];
      return argument !== undefined && isAssignable(argument, parameter);
    })
  );
}

function totalDistance(candidate: MethodCandidate, args: readonly ApexType[]): number {
  return candidate.parameters.reduce((sum, parameter, index) => {
    const argument = args[index];
    return sum + (argument === undefined ? 0 : distance(argument, parameter));
  }, 0);
}

/** Two methods a null argument cannot choose between, even where one parameter's type is the wider. */
function isTornByNull(a: MethodCandidate, b: MethodCandidate, args: readonly ApexType[]): boolean {
  return args.some((argument, index) => {
    const [first, second] = [a.parameters[index], b.parameters[index]];
    if (argument.kind !== 'null' || first === undefined || second === undefined) return false;
    if (isSameType(first, second)) return false;
    // Of two classes the null goes to the subclass.
    const isRelated = first.kind === 'class' && second.kind === 'class';
    return !isRelated || (!isAssignable(first, second) && !isAssignable(second, first));
  });
}

/**
 * Chooses the method a call means: the nearest by conversion distance. Only a null that fits unrelated parameters of
 * the customer's own methods makes a call ambiguous; elsewhere the first of equals is taken.
 */
export function chooseOverload(candidates: readonly MethodCandidate[], args: readonly ApexType[]): Overload {
  const fitting = candidates
    .filter((one) => fits(one, args))
    .map((candidate) => ({ candidate, total: totalDistance(candidate, args) }))
    .toSorted((a, b) => a.total - b.total);
  const [best, next] = fitting;
  if (best === undefined) return { kind: 'none' };
  const torn =
    next !== undefined &&
    next.total === best.total &&
    best.candidate.method.owner.origin === 'user' &&
    isTornByNull(best.candidate, next.candidate, args);
  return torn ? { kind: 'ambiguous' } : { kind: 'found', candidate: best.candidate };
}
