/**
 * Words that Apex does not accept as the name of a class or trigger, in lower case: its keywords and the names it
 * reserves (Apex Developer Guide, "Reserved Keywords").
 */
const reservedWords = new Set(
  `abstract activate and any array as asc autonomous begin bigdecimal blob boolean break bulk by byte case cast catch
  char class collect commit const continue currency date datetime decimal default delete desc do double else end enum
  exception exit export extends false final finally float for from global goto group having hint if implements import in
  inner insert instanceof int integer interface into join like limit list long loop map merge new not null nulls number
  object of on or outer override package parallel pragma private protected public retrieve return rollback select set
  short sobject sort static string super switch synchronized system testmethod then this throw time transaction transient
  trigger true try undelete update upsert using virtual void webservice when where while`.split(/\s+/),
);

/** Longest name Salesforce takes for an Apex class, a trigger, a credential, a field (without suffix). */
export const maxNameLength = 40;

/**
 * Why `value` cannot be the API name of an Apex class, trigger, field or credential; undefined if it can.
 *
 * Salesforce: letters, digits and underscores, beginning with a letter, not ending with an underscore, no two
 * underscores in a row (a custom field's `__c` apart), at most 40 characters.
 */
export function apexIdentifierProblem(value: string): string | undefined {
  const stem = value.endsWith('__c') ? value.slice(0, -'__c'.length) : value;
  if (value === '') return 'it is empty';
  if (!/^[A-Za-z]\w*$/.test(stem) || !/^[\x21-\x7E]+$/.test(value)) {
    return 'it must begin with a letter and hold only letters, digits and underscores';
  }
  if (stem.includes('__')) return 'it holds two underscores in a row';
  if (stem.endsWith('_')) return 'it ends with an underscore';
  if (stem.length > maxNameLength) return `it has ${stem.length} characters, ${maxNameLength} are allowed`;
  if (reservedWords.has(value.toLowerCase())) return 'Apex reserves this word';
  return undefined;
}
