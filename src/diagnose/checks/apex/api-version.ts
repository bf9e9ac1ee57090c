import { oldestApiVersion } from '../../../provision/setup/steps/preflight.ts';
import type { Check } from '../../check.ts';
import { fail, pass, warn } from '../../finding.ts';
import { components } from '../../readings/apex.ts';

export const apiVersion: Check = {
  id: 'apex.api-version',
  title: 'Class and triggers have the API version they were written for',
  group: 'apex',
  why: 'Apex behaves as its version did: older ones lack what the class relies on, and a mixture of versions behaves in two ways.',
  mending: 'opencx-sf verify --fix deploys all of them with blueprint.apiVersion.',
  requires: ['apex.class'],
  reads: [components],
  fix: ['apex'],
  run: async (context) => {
    const names = new Set(context.drawn.parts.apex.components.map(({ fullName }) => fullName.toLowerCase()));
    const own = (await context.read(components)).apex.filter(({ name }) => names.has(name.toLowerCase()));
    const wanted = context.config.blueprint.apiVersion;
    const tooOld = own.filter((one) => Number(one.apiVersion) < oldestApiVersion);
    const other = own.filter((one) => Number(one.apiVersion) !== Number(wanted));
    const data = { wanted, found: own.map(({ name, apiVersion: version }) => ({ name, version })) };
    const evidence = other.map((one) => `${one.name}: API ${one.apiVersion}`);
    if (tooOld.length > 0)
      return fail(`${tooOld.map(({ name }) => name).join(', ')} below API ${oldestApiVersion}.0.`, { data, evidence });
    if (other.length > 0)
      return warn(`${other.map(({ name }) => name).join(', ')} not of API ${wanted}.`, { data, evidence });
    return pass(`all of API ${wanted}`, { data });
  },
};
