import type { DeployOutcome } from '../../provision/deploy/deploy-outcome.ts';
import type { DeployPlan } from '../../provision/plan/plan.ts';
import type { ComponentMessage, DeployStatus } from '../../salesforce/metadata/deploy-status.ts';
import type { OrgIdentity } from '../../salesforce/org.ts';
import type { DeployApexResult } from './result-schema.ts';

/** The outcome as `--json` prints it; its shape is published as schemas/deploy-apex.schema.json. */
export function outcomeJson(outcome: DeployOutcome, org: OrgIdentity): DeployApexResult {
  const base = {
    outcome: outcome.kind,
    org: { id: org.id, name: org.name, kind: org.kind, instanceUrl: org.instanceUrl },
  };
  switch (outcome.kind) {
    case 'unchanged':
    case 'planned':
      return { ...base, plan: planJson(outcome.plan) };
    case 'succeeded':
      return {
        ...base,
        ...(outcome.id === undefined ? {} : { deployId: outcome.id }),
        components: outcome.messages.map(componentJson),
        ...(outcome.plan === undefined ? {} : { plan: planJson(outcome.plan) }),
        ...(outcome.status === undefined ? {} : { tests: testsJson(outcome.status) }),
        ...(outcome.snapshot === undefined ? {} : { snapshot: outcome.snapshot }),
        ...(outcome.readBack === undefined
          ? {}
          : { readBack: { ok: outcome.readBack.ok, mismatches: outcome.readBack.mismatches } }),
      };
    case 'validated':
      return {
        ...base,
        deployId: outcome.id,
        quickDeployable: outcome.quickDeployable,
        components: outcome.status.componentSuccesses.map(componentJson),
        tests: testsJson(outcome.status),
      };
    case 'failed':
      return {
        ...base,
        ...(outcome.id === undefined ? {} : { deployId: outcome.id }),
        reasons: outcome.reasons,
        components: outcome.messages.map(componentJson),
        ...(outcome.status === undefined ? {} : { tests: testsJson(outcome.status) }),
        ...(outcome.snapshot === undefined ? {} : { snapshot: outcome.snapshot }),
      };
    case 'canceled':
      return { ...base, deployId: outcome.id };
    case 'left-running':
      return {
        ...base,
        deployId: outcome.id,
        left: outcome.left.reason,
        ...(outcome.status === undefined ? {} : { lastState: outcome.status.state }),
      };
  }
}

function planJson(plan: DeployPlan): NonNullable<DeployApexResult['plan']> {
  return {
    components: plan.items.map((item) => ({
      type: item.component.type,
      fullName: item.component.fullName,
      action: item.action,
      differences: item.differences,
    })),
    rivals: plan.rivals.map((rival) => ({ trigger: rival.trigger.name, kind: rival.kind, evidence: rival.evidence })),
  };
}

function componentJson(message: ComponentMessage): NonNullable<DeployApexResult['components']>[number] {
  const { type, fullName, state, problem, line, column } = message;
  return {
    type,
    fullName,
    state,
    ...(problem === undefined ? {} : { problem }),
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
  };
}

function testsJson(status: DeployStatus): NonNullable<DeployApexResult['tests']> {
  return {
    total: status.tests.total,
    completed: status.tests.completed,
    errors: status.tests.errors,
    failures: status.testFailures.map(({ className, methodName, message }) => ({ className, methodName, message })),
    coverage: status.coverage.map(({ name, lines, uncovered }) => ({ name, lines, uncovered })),
    coverageWarnings: status.coverageWarnings.map((warning) => warning.message),
  };
}
