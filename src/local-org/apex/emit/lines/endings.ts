import type { Statement } from '../../parse/ast/ast.ts';

/** Whether nothing can run behind a statement: it returns or throws, whichever way it goes. */
export function alwaysEnds(statement: Statement): boolean {
  switch (statement.kind) {
    case 'return':
    case 'throw':
      return true;
    case 'block':
      return statement.statements.some(alwaysEnds);
    case 'if':
      return statement.whenFalse !== undefined && alwaysEnds(statement.whenTrue) && alwaysEnds(statement.whenFalse);
    case 'try':
      return alwaysEnds(statement.body) && statement.catches.every((one) => alwaysEnds(one.body));
    case 'switch':
      return (
        statement.whens.some((one) => one.value.kind === 'else') && statement.whens.every((one) => alwaysEnds(one.body))
      );
    default:
      return false;
  }
}
