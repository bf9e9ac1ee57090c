import type { Check } from '../../check.ts';
import { fail, pass, warn } from '../../finding.ts';
import { components } from '../../readings/apex.ts';
import { inSetup } from '../../setup-page.ts';
import { ownApex } from './component.ts';

export const apexClass: Check = {
  id: 'apex.class',
  title: 'The Apex class is there and active',
  group: 'apex',
  why: 'All triggers call it: “Handoff runs but no Case appears”, and nothing is reported or sent.',
  mending: 'opencx-sf verify --fix deploys it.',
  requires: ['org.permissions'],
  reads: [components],
  fix: ['fields', 'webhook', 'apex'],
  run: async (context) => {
    const own = await ownApex(context, 'case-management-class');
    const name = own?.name ?? '';
    const existing = own?.existing;
    const remedy = [inSetup(context, 'ApexClasses/home', 'Look at the class in Setup → Apex Classes.')];
    if (existing === undefined) return fail(`There is no Apex class ${name}.`, { data: { name }, remedy });
    const data = { name, status: existing.status, valid: existing.isValid };
    if (existing.status !== 'Active') return fail(`${name} is ${existing.status}.`, { data, remedy });
    if (!existing.isValid) {
      return warn(`${name} has to be compiled again (IsValid is false).`, {
        data,
        remedy: [inSetup(context, 'ApexClasses/home', 'Setup → Apex Classes → Compile all classes.')],
      });
    }
    return pass(`${name}, API ${existing.apiVersion}`, { data });
  },
};
