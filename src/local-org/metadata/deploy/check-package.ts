import { checkApexFile } from '../apex/check-apex.ts';
import { compilePackage } from '../apex/compile-package.ts';
import type { CompileApex } from '../apex/compile-package.ts';
import { pendingJobsProblem } from '../apex/pending-jobs.ts';
import { applyComponent, changeOf } from '../apply/apply-component.ts';
import { pathOf } from '../apply/component-path.ts';
import type { MetadataProblem } from '../elements/metadata-problem.ts';
import { flowWarning } from '../flows/apply-flow.ts';
import { FLOW } from '../flows/flow-versions.ts';
import type { DeployPackage, PackageComponent, PackageDeletion } from '../package/deploy-package.ts';
import { deletionProblem } from '../references/deletion-references.ts';
import { declarativeRules, rulesAfterApex } from '../rules/component-rules.ts';
import type { ApiSchema } from '../../schema/schema.ts';
import { storedComponent } from '../settings/stored-component.ts';
import { SETTINGS, settingsTypeOfMember } from '../settings/settings-types.ts';
import { positionOf } from '../types/metadata-type.ts';
import type { OrgState } from '../../state/org-state.ts';
import { withoutTrace } from '../../state/without-trace.ts';
import { ComponentSet } from './component-set.ts';
import { failureMessage, successMessage, warningMessage, withWarning } from './deploy-message.ts';
import type { DeployMessage } from './deploy-message.ts';

/** What a deployment would do: decided, nothing written. */
export interface CheckedPackage {
  /** In the order in which they are to be saved. */
  readonly components: readonly PackageComponent[];
  readonly deletions: readonly PackageDeletion[];
  readonly failures: readonly DeployMessage[];
  readonly successes: readonly DeployMessage[];
  /** Apex that comes or goes. */
  readonly apex: readonly { readonly type: string; readonly fullName: string }[];
}

/**
 * Decides about every component of a package as one set: references within it count, whatever their order.
 * Nothing is kept in the org.
 */
export async function checkPackage(org: OrgState, pack: DeployPackage, compile: CompileApex): Promise<CheckedPackage> {
  const time = org.now().toISOString();
  const set = new ComponentSet(org);
  const present = pack.deletions.filter(({ type, fullName }) => storedComponent(org, type, fullName) !== undefined);
  for (const { type, fullName } of present) set.remove(type, fullName);

  const problems = new Map<PackageComponent, MetadataProblem>();
  const components = unique(pack.components);
  const checkAll = (rules: typeof declarativeRules): void => {
    for (const [type, rule] of Object.entries(rules)) {
      for (const component of components.filter((candidate) => candidate.type === type)) {
        const problem = rule(component, set);
        if (problem === undefined) set.accept(component);
        else problems.set(component, { ...component.place, ...problem });
      }
    }
  };
  checkAll(declarativeRules);
  const dependents = await checkApex(org, components.filter(isApex), set, problems, compile);
  checkAll(rulesAfterApex);

  const deletionProblems = new Map<PackageDeletion, string>();
  for (const deletion of present) {
    const problem = deletionProblem(deletion.type, deletion.fullName, set) ?? heldProblem(org, deletion)?.message;
    if (problem !== undefined) deletionProblems.set(deletion, problem);
  }
  const good = components.filter((component) => !problems.has(component));
  const goodDeletions = present.filter((deletion) => !deletionProblems.has(deletion));
  const errors = pack.problems.filter(({ severity }) => severity === 'Error');
  return {
    components: good.toSorted((a, b) => positionOf(a.type) - positionOf(b.type)),
    deletions: goodDeletions,
    apex: [
      ...components.filter(isApex),
      ...present.filter(({ type }) => type === 'ApexClass' || type === 'ApexTrigger'),
    ],
    failures: [
      ...errors.map((problem) => failureMessage(problem, problem, time)),
      ...[...problems].map(([component, problem]) => failureMessage(failedSubject(component), problem, time)),
      ...dependents.map((problem) => failureMessage(problem.subject, problem, time)),
      ...[...deletionProblems].map(([deletion, message]) =>
        failureMessage(deletionSubject(deletion), { message }, time),
      ),
    ],
    successes: [
      ...pack.manifests.map((fileName) => manifestMessage(fileName, time)),
      ...good.map((component) => goodMessage(org, component, time)),
      ...goodDeletions.map((deletion) =>
        successMessage(deletionSubject(deletion), 'deleted', time, idOf(org, deletion)),
      ),
      ...pack.problems
        .filter(({ severity }) => severity === 'Warning')
        .map((problem) => warningMessage(problem, problem, time)),
      ...pack.deletions.filter((deletion) => !present.includes(deletion)).map((deletion) => notFound(deletion, time)),
    ],
  };
}

function goodMessage(org: OrgState, component: PackageComponent, time: string): DeployMessage {
  const message = successMessage(subjectOf(component), changeOf(org, component), time, idOf(org, component));
  return withWarning(message, component.type === FLOW ? flowWarning(org, component.value) : undefined);
}

/** The same component twice in a package (two packages in one zip): the last one counts. */
function unique(components: readonly PackageComponent[]): PackageComponent[] {
  return [
    ...new Map(
      components.map((component) => [`${component.type}\n${component.fullName.toLowerCase()}`, component]),
    ).values(),
  ];
}

function isApex({ type }: PackageComponent): boolean {
  return type === 'ApexClass' || type === 'ApexTrigger';
}

interface DependentProblem extends MetadataProblem {
  readonly subject: { componentType: string; fullName: string; fileName: string };
}

async function checkApex(
  org: OrgState,
  components: readonly PackageComponent[],
  set: ComponentSet,
  problems: Map<PackageComponent, MetadataProblem>,
  compile: CompileApex,
): Promise<DependentProblem[]> {
  const readable = components.filter((component) => {
    const problem = checkApexFile(component, set) ?? heldProblem(org, component);
    if (problem !== undefined) problems.set(component, problem);
    return problem === undefined;
  });
  const gone = (type: string, fullName: string): boolean => set.isGone(type, fullName);
  const compiled = await compilePackage(
    compile,
    org,
    readable,
    gone,
    schemaWith(org, [...set.accepted('CustomObject'), ...set.accepted('CustomField')]),
  );
  for (const component of readable) {
    const problem = compiled.problems.get(component);
    if (problem === undefined) set.accept(component);
    else problems.set(component, { message: problem.message, line: problem.line, column: problem.column });
  }
  return compiled.dependentProblems.map(({ unit, message, line, column }) => {
    const componentType = unit.kind === 'class' ? 'ApexClass' : 'ApexTrigger';
    return {
      subject: { componentType, fullName: unit.name, fileName: pathOf(componentType, unit.name) },
      message: `Dependent class is invalid and needs recompilation:\n Class ${unit.name} : ${message}`,
      line,
      column,
    };
  });
}

/** A class that is new has no jobs. */
function heldProblem(
  org: OrgState,
  { type, fullName }: { readonly type: string; readonly fullName: string },
): MetadataProblem | undefined {
  const isThere = type === 'ApexClass' && org.components.get(type, fullName) !== undefined;
  const message = isThere ? pendingJobsProblem(org, fullName) : undefined;
  return message === undefined ? undefined : { message };
}

/** The data schema as it will be with these objects and fields: they are saved, looked at, and rolled back. */
function schemaWith(org: OrgState, fields: readonly Parameters<typeof applyComponent>[1][]): ApiSchema {
  if (fields.length === 0) return org.schema().data;
  return withoutTrace(org, () => {
    for (const field of fields) applyComponent(org, field, org.settings.adminUserId);
    return org.schema().data;
  });
}

function subjectOf(component: PackageComponent): { componentType: string; fullName: string; fileName: string } {
  return { componentType: component.type, fullName: component.fullName, fileName: component.fileName };
}

/** Failed settings go by the name of their own type, as deployed ones do not (clients turn it back). */
function failedSubject(component: PackageComponent): { componentType: string; fullName: string; fileName: string } {
  const subject = subjectOf(component);
  if (component.type !== SETTINGS) return subject;
  return { ...subject, componentType: settingsTypeOfMember(component.fullName)?.name ?? SETTINGS };
}

function deletionSubject({ type, fullName }: PackageDeletion): {
  componentType: string;
  fullName: string;
  fileName: string;
} {
  return { componentType: type, fullName, fileName: pathOf(type, fullName) };
}

function idOf(org: OrgState, { type, fullName }: { type: string; fullName: string }): string | undefined {
  return storedComponent(org, type, fullName)?.recordId;
}

function manifestMessage(fileName: string, time: string): DeployMessage {
  const fullName = fileName.slice(fileName.lastIndexOf('/') + 1);
  return successMessage({ componentType: '', fullName, fileName }, 'changed', time, undefined);
}

/** Deleting what is not there is no failure; the row is about the file that named it. */
function notFound(deletion: PackageDeletion, time: string): DeployMessage {
  const fullName = deletion.fileName.slice(deletion.fileName.lastIndexOf('/') + 1);
  return warningMessage(
    { componentType: deletion.type, fullName, fileName: deletion.fileName },
    { message: `No ${deletion.type} named: ${deletion.fullName} found` },
    time,
  );
}
