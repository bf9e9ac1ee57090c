import type { Check } from '../../check.ts';
import { fail, pass, warn } from '../../finding.ts';
import { components, constantIn } from '../../readings/apex.ts';
import { integrationUsername as expected } from '../../readings/expected.ts';

export const integrationUsername: Check = {
  id: 'apex.integration-username',
  title: 'The triggers know the integration user by its Username',
  group: 'apex',
  why: 'With another name in the triggers, OpenCX’s replies are not sent, and its own changes are reported back to it.',
  mending: 'opencx-sf verify --fix deploys the triggers with the Username of the configuration.',
  requires: ['apex.class', 'apex.outbound-sender'],
  reads: [components, expected],
  fix: ['apex'],
  run: async (context) => {
    const { apex } = await context.read(components);
    const names = new Set(context.drawn.parts.apex.components.map(({ fullName }) => fullName.toLowerCase()));
    const found = apex
      .filter(({ name, type }) => type === 'ApexTrigger' && names.has(name.toLowerCase()))
      .map(({ name, body }) => ({ name, value: constantIn(body, 'INTEGRATION_USERNAME') }))
      .filter((one): one is { name: string; value: string } => one.value !== undefined);
    const wanted = await context.read(expected);
    const data = { wanted: wanted?.value, found };
    if (found.length === 0) return warn('No trigger says which user is OpenCX.', { data });
    const wrong = found.filter(({ value }) => value.toLowerCase() !== wanted?.value.toLowerCase());
    if (wrong.length === 0) return pass(wanted?.value ?? '', { data });
    return fail(`${wrong.map(({ name }) => name).join(', ')}: another user than ${wanted?.value ?? '?'}.`, {
      data,
      evidence: wrong.map(({ name, value }) => `${name}: INTEGRATION_USERNAME = '${value}'`),
    });
  },
};
