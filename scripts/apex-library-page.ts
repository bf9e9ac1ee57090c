import { natives } from '../src/local-org/apex/library/registry.ts';
import { findPlatformClass } from '../src/local-org/apex/platform/platform.ts';
import signatures from '../src/local-org/apex/platform/signatures.json' with { type: 'json' };
import type { ClassSymbol } from '../src/local-org/apex/symbols/symbol.ts';

/** What programs cannot use of a class: names of methods and fields. `addError` on a value means the field it is read from. */
function missingOf(symbol: ClassSymbol): { readonly names: string[]; readonly total: number } {
  const members = symbol.members();
  const methods = [...members.methods.values()].flat();
  const lacking = methods.filter((method) => {
    if (symbol.name !== 'SObject' && method.name.toLowerCase() === 'adderror') return false;
    const parameters = method.parameters.length;
    return method.isStatic
      ? natives.static(symbol.name, method.name, parameters) === undefined
      : natives.method(symbol, method.name, parameters) === undefined;
  });
  const fields = [...members.fields.values()].filter((field) => field.kind !== 'constant');
  const lackingFields = fields.filter((field) =>
    field.isStatic
      ? natives.staticField(symbol.name, field.name) === undefined
      : natives.field(symbol, field.name)?.get === undefined,
  );
  const names = [...lacking.map((method) => `${method.name}()`), ...lackingFields.map((field) => field.name)];
  return {
    names: [...new Set(names)].toSorted(),
    total: methods.length + fields.length,
  };
}

function isException(symbol: ClassSymbol): boolean {
  return symbol.name.endsWith('Exception');
}

/** The page that lists which classes of the platform run in the local org. */
export function apexLibraryPage(note: string): string {
  const rows: string[] = [];
  const absent: string[] = [];
  for (const key of Object.keys(signatures).toSorted()) {
    const symbol = findPlatformClass(key);
    if (symbol === undefined || symbol.kind !== 'class' || isException(symbol)) continue;
    const { names, total } = missingOf(symbol);
    if (total === 0) continue;
    if (natives.class(symbol.name) === undefined && names.length > 0) absent.push(symbol.name);
    else rows.push(`| \`${symbol.name}\` | ${names.length === 0 ? 'nothing' : names.join(', ')} |`);
  }
  return [
    '# Classes of the platform that run in the local org',
    note,
    '',
    'Apex that calls what is missing is refused when it is deployed, by name and place: `LOCAL_ORG_NOT_IMPLEMENTED`. Exceptions,',
    'enums and interfaces of the platform are all there.',
    '',
    '| class | missing |',
    '|---|---|',
    ...rows,
    '',
    `Not there at all: ${absent.map((name) => `\`${name}\``).join(', ')}.`,
    '',
  ].join('\n');
}
