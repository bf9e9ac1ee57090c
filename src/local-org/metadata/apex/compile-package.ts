import type { ApexProblem, ApexUnit, CompileInput, CompileResult } from '../../apex/compilation.ts';
import type { ApiSchema } from '../../schema/schema.ts';
import type { Component } from '../../state/component-store.ts';
import type { OrgState } from '../../state/org-state.ts';
import { readComponentXml } from '../package/component-xml.ts';
import type { CandidateComponent } from '../rules/rule-context.ts';
import { formatVersion } from './check-apex.ts';

/** Compiles units against each other and the org's own; the seam the Apex compiler stands behind. */
export type CompileApex = (input: CompileInput) => Promise<CompileResult>;

export interface PackageCompilation {
  /** Problem of each component that does not compile. */
  readonly problems: ReadonlyMap<CandidateComponent, ApexProblem>;
  /** Apex of the org that would no longer compile. */
  readonly dependentProblems: readonly ApexProblem[];
}

/**
 * Compiles a set of classes and triggers as one, against the org's other Apex.
 *
 * @param gone Apex of the org that is being deleted along with it
 * @param schema objects and fields as they will be
 */
export async function compilePackage(
  compile: CompileApex,
  org: OrgState,
  components: readonly CandidateComponent[],
  gone: (type: string, fullName: string) => boolean,
  schema: ApiSchema,
): Promise<PackageCompilation> {
  if (components.length === 0) return { problems: new Map(), dependentProblems: [] };
  const units = new Map(components.map((component): [ApexUnit, CandidateComponent] => [toUnit(component), component]));
  const deployed = new Set(components.map((component) => key(component.type, component.fullName)));
  const existing = (['ApexClass', 'ApexTrigger'] as const)
    .flatMap((type) => org.components.list(type))
    .filter(({ type, fullName }) => !deployed.has(key(type, fullName)) && !gone(type, fullName))
    .map((component) => storedUnit(component));
  const result = await compile({ units: [...units.keys()], existing, schema });
  const problems = new Map<CandidateComponent, ApexProblem>();
  for (const problem of result.problems) {
    const component = units.get(problem.unit);
    // A problem that is nobody's would let a broken unit pass.
    if (component === undefined)
      throw new Error(`The compiler reported on ${problem.unit.name}, which it was not given`);
    if (!problems.has(component)) problems.set(component, problem);
  }
  return { problems, dependentProblems: result.dependentProblems };
}

function key(type: string, fullName: string): string {
  return `${type}\n${fullName.toLowerCase()}`;
}

function toUnit({ type, fullName, body, value }: CandidateComponent): ApexUnit {
  return {
    kind: type === 'ApexClass' ? 'class' : 'trigger',
    name: fullName,
    source: body ?? '',
    apiVersion: formatVersion(Number(value['apiVersion'])),
  };
}

function storedUnit(component: Component): ApexUnit {
  const read = readComponentXml(component.xml, component.type);
  if ('problem' in read)
    throw new Error(`${component.type} ${component.fullName} is stored damaged: ${read.problem.message}`);
  return toUnit({ ...component, value: read.value });
}
