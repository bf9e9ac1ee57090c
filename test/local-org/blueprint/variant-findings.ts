import { renderBlueprint } from '../../../src/blueprint/blueprint.ts';
import { mdapiLayout } from '../../../src/blueprint/layouts.ts';
import type { BlueprintSettings } from '../../../src/config/blueprint-settings.ts';
import { deployGenerated } from './deploy-generated.ts';

/** Lines of the generated Apex that no test can reach, whatever the options: the last one's text, and how many they are. */
const unreachable: readonly { readonly text: string; readonly lines: number; readonly reason: string }[] = [
  {
    // With the comment and the catch above it.
    lines: 3,
    text: `logFailure('threading of Case ' + caseId, e);`,
    reason:
      'Where Salesforce can make no threading token, it answers null. What is caught there is a lock that another ' +
      'transaction holds on the Case, and a test has no other transaction.',
  },
];

/** What is wrong with the generated tests of a variant: nothing, if all pass and cover each line that can be covered. */
export async function variantFindings(settings: BlueprintSettings): Promise<string[]> {
  const blueprint = await renderBlueprint(settings);
  const outcome = await deployGenerated(mdapiLayout(blueprint));
  const { testClass } = settings.names;
  const expected = blueprint.components
    .filter(({ type, fullName }) => (type === 'ApexClass' || type === 'ApexTrigger') && fullName !== testClass)
    .map(({ fullName }) => fullName);
  const known = new Set(
    outcome.uncovered.flatMap(({ component, line, text }) =>
      unreachable
        .filter((one) => one.text === text)
        .flatMap(({ lines }) => Array.from({ length: lines }, (_, index) => `${component}:${line - index}`)),
    ),
  );
  const gone = unreachable.filter(({ text }) => !outcome.uncovered.some((line) => line.text === text));
  return [
    ...outcome.problems,
    ...outcome.failures,
    ...(outcome.passed.length === 0 ? ['no test has run'] : []),
    ...expected.filter((name) => !outcome.measured.includes(name)).map((name) => `${name} was not measured`),
    ...outcome.uncovered
      .filter(({ component, line }) => !known.has(`${component}:${line}`))
      .map(({ component, line, text }) => `${component}:${line} is not covered: ${text}`),
    ...(outcome.problems.length > 0 ? [] : gone.map(({ text }) => `called unreachable, but was reached: ${text}`)),
  ];
}
