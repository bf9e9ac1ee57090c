import { checkGroups, groupTitles, type Check } from '../src/diagnose/check.ts';
import { checks } from '../src/diagnose/registry.ts';
import { symptoms } from '../src/diagnose/symptoms/symptoms.ts';

/** docs/checks.md: every check with what it reads, why it matters and how it is mended; then the symptoms. */
export function checksPage(note: string): string {
  return [
    '# Checks',
    note,
    '',
    'What `opencx-sf verify` looks at. Ids are stable: they stand in `--json`, in reports, and after `--only` and `--skip`. A check is',
    'skipped when one that it requires does not hold, since it could only repeat that verdict. What cannot be asked because of the',
    'network warns; what the org refuses fails. All of it takes at most 12 requests to a healthy org, 18 where Live Messaging is among',
    'the channels, and one to the host of Live Messaging.',
    '',
    ...checkGroups.flatMap((group) => [
      `## ${groupTitles[group]}`,
      '',
      ...checks.filter((check) => check.group === group).flatMap(section),
    ]),
    '## Symptoms',
    '',
    '`--symptom` takes these ids, the headings of the troubleshooting page, or words of them, and runs the checks that explain the symptom.',
    '',
    '| symptom | id | checks, in the order in which they are named |',
    '|---|---|---|',
    ...symptoms.map(
      ({ id, title, path }) => `| ${title} | \`${id}\` | ${path.map((one) => `\`${one}\``).join(', ')} |`,
    ),
    '',
  ].join('\n');
}

function section({ id, title, why, mending, reads, requires, fix }: Check): string[] {
  return [
    `### ${id}`,
    '',
    `${title}.`,
    '',
    why,
    '',
    `- **Reads:** ${reads.length === 0 ? 'what is known of the session' : reads.map(({ what }) => what).join('; ')}`,
    ...(requires.length === 0 ? [] : [`- **Requires:** ${requires.map((one) => `\`${one}\``).join(', ')}`]),
    `- **Mending:** ${mending}`,
    ...(fix === undefined ? [] : [`- **\`--fix\`** carries out of the set-up: ${fix.join(', ')}`]),
    '',
  ];
}
