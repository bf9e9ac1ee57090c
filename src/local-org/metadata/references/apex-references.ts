import type { OrgState } from '../../state/org-state.ts';

/** Apex source without comments and string literals, in which a name stands for itself. */
export function codeOnly(source: string): string {
  return source.replaceAll(/\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:\\.|[^'\\\n])*'/g, (match) =>
    match.startsWith("'") ? "''" : ' ',
  );
}

/** True if the code has the name as a word of its own; Apex knows no case. */
export function mentions(source: string, name: string): boolean {
  const escaped = name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(String.raw`(?<![\w$])${escaped}(?![\w$])`, 'i').test(codeOnly(source));
}

/** Apex of the org whose code mentions the name: `Apex Class - X`, `Apex Trigger - Y`, as Salesforce lists users. */
export function apexMentioning(
  org: OrgState,
  name: string,
  except: (type: string, fullName: string) => boolean,
): string[] {
  return (['ApexClass', 'ApexTrigger'] as const).flatMap((type) =>
    org.components
      .list(type)
      .filter((component) => !except(type, component.fullName) && mentions(component.body ?? '', name))
      .map((component) => `${type === 'ApexClass' ? 'Apex Class' : 'Apex Trigger'} - ${component.fullName}`),
  );
}

/** Names of Apex classes and triggers that mention a custom field. */
export function fieldsReferredBy(org: OrgState, fieldName: string): string[] {
  return apexMentioning(org, fieldName, () => false).map((user) => user.slice(user.indexOf(' - ') + 3));
}
