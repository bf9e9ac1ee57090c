import { packageXml } from '../../../blueprint/layouts.ts';
import type { DeployApexEvent } from '../../deploy/deploy-outcome.ts';
import { deactivatedTrigger } from '../../plan/hand-made.ts';
import { apexFiles } from '../../org/apex-files.ts';
import { readOrgComponents, type OrgApex } from '../../org/org-components.ts';
import type { Change } from '../plan/change.ts';
import type { ChangeContext } from './change-context.ts';
import { submitPackage } from './submit-package.ts';

/**
 * Switches triggers off in one deployment: Inactive, and without statements, so that production asks for no coverage of them.
 * Their tests are set aside along with them, since they test what the triggers do; `apply` brings both back.
 */
export async function* disableTriggers(
  context: ChangeContext,
  { triggers, testClass }: Extract<Change, { kind: 'disable-triggers' }>,
): AsyncGenerator<DeployApexEvent, void> {
  const { org, wish } = context;
  const { apex } = await readOrgComponents(org, wish.parts.apex);
  const off = apex.filter(
    (one) => one.type === 'ApexTrigger' && triggers.includes(one.name) && one.status === 'Active',
  );
  const tests = apex.filter((one) => one.type === 'ApexClass' && one.name === testClass);
  if (off.length === 0) return;
  const files = new Map([
    [
      'package.xml',
      packageXml({
        apiVersion: org.apiVersion,
        components: [...off, ...tests].map(({ type, name: fullName }) => ({ type, fullName })),
      }),
    ],
  ]);
  for (const { path, content } of [
    ...off.flatMap(deactivatedTrigger),
    ...tests.flatMap((one) => setAside(one, triggers)),
  ]) {
    files.set(path, content);
  }
  const runs = org.identity.kind === 'production' && tests.length > 0;
  yield* submitPackage(
    context,
    files,
    runs ? { testLevel: 'RunSpecifiedTests', runTests: tests.map(({ name }) => name) } : { testLevel: 'NoTestRun' },
  );
}

/** The test class as long as the triggers are off: it tests just that. It keeps its first line, by which it is known to be ours. */
function setAside(test: OrgApex, triggers: readonly string[]): { path: string; content: string }[] {
  const [first = ''] = test.body.split('\n');
  const body = [
    ...(first.startsWith('// opencx-sf') ? [first] : []),
    '// Set aside by opencx-sf while the triggers are off; opencx-sf apply brings it back.',
    '@IsTest',
    `private class ${test.name} {`,
    '    @IsTest',
    '    static void triggersAreOff() {',
    `        Set<String> names = new Set<String>{ ${triggers.map((one) => `'${one}'`).join(', ')} };`,
    "        System.assertEquals(0, [SELECT COUNT() FROM ApexTrigger WHERE Status = 'Active' AND Name IN :names]);",
    '    }',
    '}',
    '',
  ].join('\n');
  return apexFiles(test, body, 'Active');
}
