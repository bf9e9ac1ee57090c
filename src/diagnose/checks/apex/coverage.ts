import type { Check } from '../../check.ts';
import { fail, pass, skip, warn } from '../../finding.ts';
import { coverage as reading } from '../../readings/apex.ts';
import { inSetup } from '../../setup-page.ts';

/** What production asks of each class and trigger that is deployed with its tests named. */
const needed = 0.75;

export const coverage: Check = {
  id: 'apex.coverage',
  title: 'The last test run covered 75 % of the class and of each trigger',
  group: 'apex',
  why: 'Production refuses a deployment with less; a trigger that tests do not reach may be broken without anybody noticing.',
  mending: 'Run OpenSalesforceCaseManagementTest (Setup → Apex Test Execution) and look at what fails.',
  requires: ['apex.class'],
  reads: [reading],
  run: async (context) => {
    const rows = (await context.read(reading)).filter(({ covered, uncovered }) => covered + uncovered > 0);
    if (rows.length === 0) return skip('No run of tests is on record; deployments do not leave one.');
    const shares = rows.map(({ name, covered, uncovered }) => ({
      name,
      percent: Math.floor((covered / (covered + uncovered)) * 100),
    }));
    const low = shares.filter(({ percent }) => percent < needed * 100);
    const data = { coverage: shares };
    if (low.length === 0) return pass(`${Math.min(...shares.map(({ percent }) => percent))} % and more`, { data });
    const say = context.org.identity.kind === 'production' ? fail : warn;
    return say(`${low.map(({ name }) => name).join(', ')} below 75 %.`, {
      data,
      evidence: low.map(({ name, percent }) => `${name}: ${percent} %`),
      remedy: [inSetup(context, 'ApexTestQueue/home', 'Run the test class and look at what fails.')],
    });
  },
};
