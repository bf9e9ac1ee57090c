import { applyComponent, removeComponent } from '../apply/apply-component.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { CheckedPackage } from './check-package.ts';
import type { DeployJob } from './deploy-job.ts';
import type { DeployMessage } from './deploy-message.ts';

/** Puts a checked package into the org, within a transaction. @returns its successes, with the ids of what was created */
export function savePackage(org: OrgState, job: DeployJob, checked: CheckedPackage): DeployMessage[] {
  for (const deletion of checked.deletions.filter(({ when }) => when === 'before')) {
    removeComponent(org, deletion.type, deletion.fullName);
  }
  const ids = new Map<string, string>();
  for (const component of checked.components) {
    const stored = applyComponent(org, component, job.userId);
    if (stored?.recordId !== undefined) ids.set(`${component.type}\n${component.fullName}`, stored.recordId);
  }
  for (const deletion of checked.deletions.filter(({ when }) => when === 'after')) {
    removeComponent(org, deletion.type, deletion.fullName);
  }
  return checked.successes.map((message) => {
    // A check keeps nothing, so what it would create has no id that lasts. A new version has another id than the former.
    const saved = job.options.checkOnly ? undefined : ids.get(`${message.componentType}\n${message.fullName}`);
    const id = saved ?? message.id;
    return id === undefined ? message : { ...message, id };
  });
}
