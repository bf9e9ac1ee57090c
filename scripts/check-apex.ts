// Checks the Apex of the default, of every option and of every pair of options with an offline checker of Apex:
//   APEXCHECK_DIR=<folder with setup.sh and check.sh> node scripts/check-apex.ts
// `check.sh <folder> --json` has to print { files, failed: [{ checker, error }], issues: [{ checker, level, file, line,
// rule, message }] }. Exit: 0 no errors, 1 errors, 2 the check could not be made.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderBlueprint, type Blueprint } from '../src/blueprint/blueprint.ts';
import { sourceLayout } from '../src/blueprint/layouts.ts';
import type { BlueprintSettings } from '../src/config/blueprint-settings.ts';
import { variants } from '../test/blueprint/variants.ts';

interface Issue {
  checker: string;
  level: 'error' | 'warning';
  file: string;
  line: number;
  rule: string;
  message: string;
}

interface Report {
  files: number;
  failed: { checker: string; error: string }[];
  issues: Issue[];
}

/**
 * Errors of a checker that are wrong about the platform. `Cases.generateThreadingMessageId(Id)` is in the Apex
 * Reference (System namespace, Cases methods) and accepted by Salesforce's compiler front end; the type model of
 * apex-ls, taken from v65, lacks it.
 */
const knownFalse: { checker: string; message: RegExp }[] = [
  { checker: 'apexls', message: /^No matching method found for 'generateThreadingMessageId' on 'System\.Cases'/ },
];

/** So many variants are checked in one run of the checkers, whose start costs more than their work. */
const variantsPerRun = 12;

const cache = fileURLToPath(new URL('../node_modules/.cache/apexcheck/', import.meta.url));

async function main(): Promise<number> {
  const source = process.env['APEXCHECK_DIR'];
  if (source === undefined || source === '') {
    console.error('APEXCHECK_DIR is not set: it names the folder of the Apex checker (setup.sh, check.sh).');
    return 2;
  }
  const started = Date.now();
  const checker = await setUp(source);
  const batches = await renderBatches();
  const totals = { variants: 0, files: 0, errors: 0, ignored: 0, warnings: new Map<string, number>() };
  for (const [index, batch] of batches.entries()) {
    const report = await check(checker, batch);
    const errors = report.issues.filter(({ level }) => level === 'error');
    const real = errors.filter((issue) => !isKnownFalse(issue));
    for (const { file, line, message, checker: by, rule } of real) {
      console.log(`${variantOf(file, batch)} ${file}:${line}: ${message} [${by}/${rule}]`);
    }
    for (const issue of report.issues.filter(({ level }) => level === 'warning')) {
      totals.warnings.set(issue.rule, (totals.warnings.get(issue.rule) ?? 0) + 1);
    }
    totals.variants += batch.length;
    totals.files += report.files;
    totals.errors += real.length;
    totals.ignored += errors.length - real.length;
    console.log(`run ${index + 1} of ${batches.length}: ${batch.length} variants, ${real.length} errors`);
  }
  console.log(
    `${totals.variants} variants, ${totals.files} Apex files, ${totals.errors} errors, ` +
      `${totals.ignored} known false ones, ${Math.round((Date.now() - started) / 1000)} s`,
  );
  console.log(`warnings: ${[...totals.warnings].map(([rule, count]) => `${rule} ${count}`).join(', ') || 'none'}`);
  return totals.errors === 0 ? 0 : 1;
}

function isKnownFalse({ checker, message }: Issue): boolean {
  return knownFalse.some((known) => known.checker === checker && known.message.test(message));
}

/** Copies the checker into the cache, since it writes beside itself, and sets it up once for each state of its files. */
async function setUp(source: string): Promise<string> {
  const files = (await readdir(source, { recursive: true })).filter((file) => !/^(?:node_modules|build)\b/.test(file));
  const hash = createHash('sha256');
  for (const file of files.sort()) {
    if ((await stat(join(source, file))).isFile()) hash.update(file).update(await readFile(join(source, file)));
  }
  const folder = join(cache, hash.digest('hex').slice(0, 16));
  const ready = join(folder, '.set-up');
  if (await exists(ready)) return folder;
  await rm(folder, { recursive: true, force: true });
  for (const file of files) {
    const target = join(folder, file);
    if ((await stat(join(source, file))).isDirectory()) await mkdir(target, { recursive: true });
    else {
      await mkdir(dirname(target), { recursive: true });
      await cp(join(source, file), target);
      await chmod(target, file.endsWith('.sh') ? 0o755 : 0o644);
    }
  }
  const result = await run(join(folder, 'setup.sh'), []);
  if (result.code !== 0) throw new Error(`setup.sh ended with ${result.code}: ${result.stderr.slice(-2000)}`);
  await writeFile(ready, '');
  return folder;
}

type Batch = { variant: string; prefix: string; blueprint: Blueprint }[];

/**
 * Every variant under class names of its own, so that many can be checked at once. Only variants with the same custom
 * fields share a run: a field of one must not hide that another one uses it without having it.
 */
async function renderBatches(): Promise<Batch[]> {
  const byFields = new Map<string, Batch>();
  let number = 0;
  for (const [variant, settings] of variants('pairs')) {
    const prefix = `V${String(number++).padStart(3, '0')}`;
    const blueprint = await renderBlueprint(prefixed(settings, prefix));
    const fields = blueprint.components.filter(({ type }) => type === 'CustomField').map(({ fullName }) => fullName);
    const key = fields.join();
    byFields.set(key, [...(byFields.get(key) ?? []), { variant, prefix, blueprint }]);
  }
  return [...byFields.values()].flatMap((batch) =>
    Array.from({ length: Math.ceil(batch.length / variantsPerRun) }, (_, index) =>
      batch.slice(index * variantsPerRun, (index + 1) * variantsPerRun),
    ),
  );
}

function prefixed(settings: BlueprintSettings, prefix: string): BlueprintSettings {
  const { names } = settings;
  const triggers = Object.fromEntries(Object.entries(names.triggers).map(([key, name]) => [key, prefix + name]));
  return {
    ...settings,
    names: {
      ...names,
      apexClass: prefix + names.apexClass,
      testClass: prefix + names.testClass,
      triggers: { ...names.triggers, ...triggers },
    },
  };
}

async function check(checker: string, batch: Batch): Promise<Report> {
  const folder = await mkdtemp(join(tmpdir(), 'opencx-sf-apex-'));
  try {
    for (const { blueprint } of batch) {
      for (const [path, content] of sourceLayout(blueprint)) {
        const file = join(folder, ...path.split('/'));
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, content);
      }
    }
    const { code, stdout, stderr } = await run(join(checker, 'check.sh'), [folder, '--json']);
    if (code !== 0 && code !== 1)
      throw new Error(`check.sh ended with ${code}: ${stderr.slice(-2000)}${stdout.slice(-2000)}`);
    const report = JSON.parse(stdout) as Report;
    if (report.failed.length > 0) throw new Error(`a checker could not run: ${JSON.stringify(report.failed)}`);
    return report;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function variantOf(file: string, batch: Batch): string {
  const name = file.split(sep).at(-1) ?? '';
  return batch.find(({ prefix }) => name.startsWith(prefix))?.variant ?? '?';
}

function run(command: string, parameters: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, parameters, { stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 2, stdout, stderr }));
  });
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 2;
});
