// Plants one fault after the other into the generated class and triggers and runs the generated test class on it, in a
// local org in this process. Names of mutants as arguments run those alone.
// Exit: 0 at least 90 % are noticed and the others are known to be beyond a test, 1 otherwise.
import { renderBlueprint } from '../src/blueprint/blueprint.ts';
import { mdapiLayout } from '../src/blueprint/layouts.ts';
import type { Layout } from '../src/blueprint/layouts.ts';
import { deliveryMutants } from '../test/blueprint/mutants/delivery-mutants.ts';
import { eventMutants } from '../test/blueprint/mutants/event-mutants.ts';
import type { Mutant } from '../test/blueprint/mutants/mutant.ts';
import { outboundMutants } from '../test/blueprint/mutants/outbound-mutants.ts';
import { serviceMutants } from '../test/blueprint/mutants/service-mutants.ts';
import { triggerMutants } from '../test/blueprint/mutants/trigger-mutants.ts';
import { singleOptions, testSettings } from '../test/blueprint/variants.ts';
import { deployGenerated } from '../test/local-org/blueprint/deploy-generated.ts';

const mutants = [...triggerMutants, ...eventMutants, ...deliveryMutants, ...outboundMutants, ...serviceMutants];

/** Share of mutants that have to be noticed. */
const REQUIRED = 0.9;

type Verdict =
  | { readonly kind: 'killed'; readonly by: string }
  | { readonly kind: 'survived' }
  | { readonly kind: 'invalid'; readonly why: string };

async function packageOf(variant: Mutant['variant']): Promise<Layout> {
  const settings = variant === 'default' ? testSettings() : testSettings(singleOptions[variant]);
  return mdapiLayout(await renderBlueprint(settings));
}

/** The package with the fault in it; a text says why it cannot be planted. */
function planted(files: Layout, { file, find, replace }: Mutant): Layout | string {
  const path = file === 'class' ? 'classes/OpenSalesforceCaseManagement.cls' : `triggers/${file}.trigger`;
  const source = files.get(path);
  if (source === undefined) return `there is no ${path}`;
  const count = source.split(find).length - 1;
  if (count !== 1) return `its text occurs ${count} times`;
  return new Map([...files, [path, source.replace(find, () => replace)]]);
}

async function verdictOn(mutant: Mutant): Promise<Verdict> {
  const files = planted(await packageOf(mutant.variant), mutant);
  if (typeof files === 'string') return { kind: 'invalid', why: files };
  const { problems, failures } = await deployGenerated(files);
  const [why] = problems;
  if (why !== undefined) return { kind: 'invalid', why };
  const [by] = failures;
  if (by === undefined) return { kind: 'survived' };
  const more = failures.length > 1 ? ` and ${failures.length - 1} more` : '';
  return { kind: 'killed', by: `${by.slice(0, by.indexOf(':'))}${more}` };
}

function rowOf({ name, survives }: Mutant, verdict: Verdict): string {
  const detail = { killed: 'by' in verdict ? verdict.by : '', survived: survives ?? 'NO REASON IS KNOWN', invalid: '' };
  return `${verdict.kind.padEnd(9)}${name.padEnd(52)}${verdict.kind === 'invalid' ? verdict.why : detail[verdict.kind]}`;
}

async function main(): Promise<number> {
  const started = performance.now();
  const wanted = new Set(process.argv.slice(2));
  const chosen = wanted.size === 0 ? mutants : mutants.filter(({ name }) => wanted.has(name));
  const results: { readonly mutant: Mutant; readonly verdict: Verdict }[] = [];
  for (const mutant of chosen) {
    const verdict = await verdictOn(mutant);
    results.push({ mutant, verdict });
    console.log(rowOf(mutant, verdict));
  }
  const of = (kind: Verdict['kind']): typeof results => results.filter(({ verdict }) => verdict.kind === kind);
  const share = of('killed').length / results.length;
  const survivors = of('survived');
  const unexplained = survivors.filter(({ mutant }) => mutant.survives === undefined);
  const explainedInVain = of('killed').filter(({ mutant }) => mutant.survives !== undefined);
  console.log(
    `\n${results.length} mutants: ${of('killed').length} killed (${Math.floor(share * 1000) / 10} %), ` +
      `${survivors.length} survived, ${of('invalid').length} invalid, ${Math.round((performance.now() - started) / 1000)} s`,
  );
  for (const { mutant } of survivors) console.log(`  survivor: ${mutant.name}. ${mutant.survives ?? ''}`);
  for (const { mutant } of explainedInVain) console.log(`  killed, though called beyond a test: ${mutant.name}`);
  const faulty = unexplained.length + explainedInVain.length + of('invalid').length;
  return share >= REQUIRED && faulty === 0 ? 0 : 1;
}

process.exitCode = await main();
