/**
 * What a template would print as it is, in source form; empty for a template that is safe to load.
 *
 * Templates render without Handlebars' own escaping, which is HTML's: right for neither Apex nor XML. So each mustache
 * must name a helper that knows the language it writes, and statements this function does not know are refused.
 */
export function unguardedValues(ast: hbs.AST.Program, helpers: ReadonlySet<string>): string[] {
  return ast.body.flatMap((statement) => {
    switch (statement.type) {
      case 'ContentStatement':
      case 'CommentStatement':
      case 'PartialStatement':
        return [];
      case 'MustacheStatement': {
        const { path } = statement as hbs.AST.MustacheStatement;
        const printed = 'original' in path ? path.original : path.type;
        return helpers.has(printed) ? [] : [printed];
      }
      case 'BlockStatement': {
        const block = statement as hbs.AST.BlockStatement;
        // Absent at run time where there is no {{else}}, whatever the type says.
        const parts: (hbs.AST.Program | undefined)[] = [block.program, block.inverse];
        return parts.flatMap((part) => (part === undefined ? [] : unguardedValues(part, helpers)));
      }
      default:
        return [statement.type];
    }
  });
}
