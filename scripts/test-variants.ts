// Deploys the default, every option and every pair of options with its tests into a local org in this process.
// Exit: 0 all tests pass and cover what can be covered, 1 otherwise.
import { variants } from '../test/blueprint/variants.ts';
import { variantFindings } from '../test/local-org/blueprint/variant-findings.ts';

const started = performance.now();
let count = 0;
let failed = 0;
for (const [name, settings] of variants('pairs')) {
  const findings = await variantFindings(settings);
  count += 1;
  if (findings.length === 0) continue;
  failed += 1;
  console.log(`${name}\n${findings.map((finding) => `  ${finding}\n`).join('')}`);
}
console.log(`${count} variants, ${failed} with findings, ${Math.round((performance.now() - started) / 1000)} s`);
process.exitCode = failed === 0 ? 0 : 1;
