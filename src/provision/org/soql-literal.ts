/** Names as SOQL string literals. They are checked identifiers, but a quote must not end a literal all the same. */
export function quoted(names: readonly string[]): string {
  return names.map((name) => `'${name.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`).join(', ');
}
