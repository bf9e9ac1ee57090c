import { metadataFile } from '../metadata/package-zip.ts';

/** One entry of a rule as a test writes it. */
export interface Entry {
  /** A username, or with `#` before it the DeveloperName of a queue; absent: the owner stays. */
  readonly to?: string;
  /** `Case.Origin equals Phone,Web`. */
  readonly when?: readonly string[];
  /** Further elements. */
  readonly more?: string;
}

export interface Rule {
  readonly name: string;
  readonly active?: boolean;
  readonly entries: readonly Entry[];
}

/** `Case.assignmentRules`. */
export function rulesFile(...rules: readonly Rule[]): string {
  return metadataFile('AssignmentRules', rules.map(ruleElement));
}

function ruleElement({ name, active = true, entries }: Rule): string {
  const lines = entries.map(
    (entry) => `<ruleEntry>${assignee(entry.to)}${entry.more ?? ''}${criteria(entry)}</ruleEntry>`,
  );
  return `<assignmentRule><fullName>${name}</fullName><active>${active}</active>${lines.join('')}</assignmentRule>`;
}

function assignee(to: string | undefined): string {
  if (to === undefined) return '';
  const type = to.startsWith('#') ? 'Queue' : 'User';
  return `<assignedTo>${to.replace('#', '')}</assignedTo><assignedToType>${type}</assignedToType>`;
}

function criteria({ when = [] }: Entry): string {
  return when
    .map((text) => {
      const [field = '', operation = '', ...value] = text.split(' ');
      return `<criteriaItems><field>${field}</field><operation>${operation}</operation><value>${value.join(' ')}</value></criteriaItems>`;
    })
    .join('');
}
