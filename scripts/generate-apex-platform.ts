// Turns a listing of Apex platform classes (a heading a class, a line a member) into the compiler's data file.
// Usage: node scripts/generate-apex-platform.ts LISTING.md
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const heading = /^## (?<name>[\w.]+)(?:<(?<parameters>[^>]*)>)?(?<rest>.*)$/;
const output = fileURLToPath(new URL('../src/local-org/apex/platform/signatures.json', import.meta.url));

/** `toString$` and `Database.DMLOptions$EmailHeader` are how Java spells what Apex calls `toString` and `DMLOptions.EmailHeader`. */
function toApex(line: string): string {
  return line
    .replaceAll(/(\w)\$(?=\w)/g, '$1.')
    .replaceAll('$', '')
    .replaceAll('RecordSet<', 'List<');
}

function headerOf(name: string, parameters: string | undefined, rest: string, members: readonly string[]): string {
  const isEnum = members.some((line) => line.endsWith('[] values()'));
  const kind = rest.includes('(interface)') ? 'interface' : isEnum ? 'enum' : 'class';
  const relations = rest.replace('(interface)', '').trim();
  const generics = parameters === undefined ? '' : `<${parameters}>`;
  return `${kind} ${name}${generics}${relations === '' ? '' : ` ${relations}`}`;
}

const [source] = process.argv.slice(2);
if (source === undefined) throw new Error('Which listing? Usage: node scripts/generate-apex-platform.ts LISTING.md');

const classes: Record<string, string> = {};
for (const section of readFileSync(source, 'utf8')
  .split(/^(?=## )/m)
  .slice(1)) {
  const [first = '', ...lines] = section.trim().split('\n');
  const { name = '', parameters, rest = '' } = heading.exec(first)?.groups ?? {};
  const members = lines.map((line) => line.trim()).filter((line) => line !== '' && !line.includes('SObjectStubs.'));
  classes[name.toLowerCase()] = [headerOf(name, parameters, rest, members), ...members.map(toApex)].join('\n');
}
writeFileSync(output, `${JSON.stringify(classes, undefined, 2)}\n`);
console.log(`${Object.keys(classes).length} classes written to ${output}`);
