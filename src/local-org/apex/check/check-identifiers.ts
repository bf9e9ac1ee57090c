import type { Identifier } from '../parse/ast/ast.ts';
import type { UnitContext } from './scope.ts';

/** Words Apex keeps for itself as names of variables, fields and types; methods may have them. */
const reserved = new Set([
  'activate',
  'any',
  'array',
  'autonomous',
  'begin',
  'bigdecimal',
  'blob',
  'boolean',
  'byte',
  'case',
  'cast',
  'char',
  'collect',
  'const',
  'currency',
  'date',
  'datetime',
  'decimal',
  'default',
  'double',
  'end',
  'exit',
  'export',
  'float',
  'goto',
  'group',
  'hint',
  'import',
  'inner',
  'int',
  'integer',
  'into',
  'join',
  'long',
  'loop',
  'number',
  'object',
  'of',
  'outer',
  'package',
  'parallel',
  'pragma',
  'retrieve',
  'set',
  'rollback',
  'short',
  'sobject',
  'sort',
  'string',
  'switch',
  'synchronized',
  'system',
  'then',
  'time',
  'transaction',
  'void',
  'when',
]);

/** Keywords the grammar would take for a name and Salesforce's parser does not. */
const keywords = new Set([
  'and',
  'as',
  'asc',
  'bulk',
  'by',
  'commit',
  'desc',
  'from',
  'having',
  'in',
  'like',
  'limit',
  'not',
  'nulls',
  'or',
  'select',
  'using',
  'where',
]);

/** Reports a name that a variable, a field, a parameter or a type may not have. */
export function checkIdentifier(name: Identifier, context: UnitContext): void {
  const key = name.text.toLowerCase();
  if (keywords.has(key)) context.report(name.at, `Unexpected token '${name.text}'.`);
  else if (reserved.has(key)) context.report(name.at, `Identifier name is reserved: ${name.text}`);
  else if (/__|_$|^_/.test(name.text)) context.report(name.at, `Invalid character in identifier: ${name.text}`);
  else if (name.text.length > 255) context.report(name.at, `Identifier name is too long: ${name.text}`);
}
