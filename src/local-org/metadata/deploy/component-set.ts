import { storedValue } from '../apply/stored-value.ts';
import type { MetadataValue } from '../elements/metadata-value.ts';
import type { CandidateComponent, RuleContext } from '../rules/rule-context.ts';
import { storedComponent, storedComponents } from '../settings/stored-component.ts';
import type { OrgState } from '../../state/org-state.ts';

/** The org as it will be: what is in it, less what is deleted first, plus the components accepted so far. */
export class ComponentSet implements RuleContext {
  readonly org: OrgState;
  readonly #accepted = new Map<string, CandidateComponent>();
  readonly #gone = new Set<string>();

  constructor(org: OrgState) {
    this.org = org;
  }

  accept(component: CandidateComponent): void {
    this.#accepted.set(key(component.type, component.fullName), component);
  }

  remove(type: string, fullName: string): void {
    this.#gone.add(key(type, fullName));
  }

  isGone(type: string, fullName: string): boolean {
    return this.#gone.has(key(type, fullName));
  }

  /** Accepted components of a type. */
  accepted(type: string): CandidateComponent[] {
    return [...this.#accepted.values()].filter((component) => component.type === type);
  }

  isAccepted(type: string, fullName: string): boolean {
    return this.#accepted.has(key(type, fullName));
  }

  value(type: string, fullName: string): MetadataValue | undefined {
    const accepted = this.#accepted.get(key(type, fullName));
    if (accepted !== undefined) return accepted.value;
    if (this.isGone(type, fullName)) return undefined;
    const stored = storedComponent(this.org, type, fullName);
    return stored === undefined ? undefined : storedValue(stored);
  }

  all(type: string): { fullName: string; value: MetadataValue }[] {
    const names = new Map<string, string>();
    for (const { fullName } of [...storedComponents(this.org, type), ...this.accepted(type)]) {
      names.set(fullName.toLowerCase(), fullName);
    }
    return [...names.values()].flatMap((fullName) => {
      const value = this.value(type, fullName);
      return value === undefined ? [] : { fullName, value };
    });
  }
}

function key(type: string, fullName: string): string {
  return `${type}\n${fullName.toLowerCase()}`;
}
