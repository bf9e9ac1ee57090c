import type { DmlStatement } from '../../parse/ast/ast.ts';
import { findSObjectField } from '../../types/sobject-fields.ts';
import type { ApexType, SObjectType } from '../../types/type.ts';
import { isCollection } from '../../types/type.ts';
import type { Scope } from '../scope.ts';

/** The object that DML on a value of this type works on; `any` where that is not known here. */
function dmlObject(type: ApexType): SObjectType | 'any' | undefined {
  if (type.kind === 'unknown' || type.kind === 'null') return 'any';
  if (type.kind === 'rows') return type.element;
  if (type.kind === 'sobject') return type;
  if (!isCollection(type, 'List')) return undefined;
  const [element] = type.arguments;
  return element === undefined || element.kind === 'unknown' ? 'any' : element.kind === 'sobject' ? element : undefined;
}

function checkExternalId(statement: DmlStatement, object: SObjectType | 'any', scope: Scope): void {
  const name = statement.externalId?.at(-1);
  if (name === undefined || object === 'any') return;
  if (object.schema === undefined) {
    scope.context.report(statement.at, 'Upsert with a field specification requires a concrete SObject type');
  } else if (findSObjectField(object, name.text, scope.context.program.schema) === undefined) {
    scope.context.report(
      statement.at,
      `Invalid field for upsert, must be an External Id custom or standard indexed field: ${name.text}`,
    );
  }
}

export function checkDml(statement: DmlStatement, scope: Scope): void {
  const type = scope.context.check(statement.target, scope);
  const object = dmlObject(type);
  if (object === undefined) {
    scope.context.report(statement.at, `DML requires SObject or SObject list type: ${type.name}`);
    return;
  }
  checkExternalId(statement, object, scope);
  if (statement.duplicates === undefined) return;
  const duplicates = scope.context.check(statement.duplicates, scope);
  // Duplicates of a merge may also be given by id.
  const byId = duplicates.key === 'id' || duplicates.key === 'string' || isCollection(duplicates, 'List');
  if (dmlObject(duplicates) === undefined && !byId)
    scope.context.report(statement.at, 'Invalid type for duplicate records');
}
