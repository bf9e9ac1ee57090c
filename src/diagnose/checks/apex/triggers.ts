import type { BlueprintSettings } from '../../../config/blueprint-settings.ts';
import type { ComponentRole } from '../../../blueprint/component-table.ts';
import type { Check } from '../../check.ts';
import { fail, pass, warn } from '../../finding.ts';
import { components } from '../../readings/apex.ts';
import { inSetup } from '../../setup-page.ts';
import { ownApex } from './component.ts';

interface TriggerFacts {
  role: ComponentRole;
  /** What the trigger does, as a title continues: `The trigger that … is there, active and on Case`. */
  does: string;
  why: string;
  option?: keyof BlueprintSettings['options'];
}

const triggers: readonly TriggerFacts[] = [
  {
    role: 'case-trigger',
    does: 'reports new Cases',
    why: '“Handoff runs but no Case appears”, as OpenCX sees it: Cases opened in Salesforce are never reported to it.',
  },
  {
    role: 'customer-email-trigger',
    does: 'reports customers’ mail',
    why: 'OpenCX does not see what customers answer, so that the AI never follows up.',
  },
  {
    role: 'human-agent-email-trigger',
    does: 'reports reps’ mail',
    why: '“Rep replies don’t reach the contact”, and the AI goes on answering beside the rep.',
    option: 'humanAgent',
  },
  {
    role: 'owner-change-trigger',
    does: 'reports new owners',
    why: 'A rep who takes a Case over is not noticed, and the AI goes on answering.',
    option: 'ownerChange',
  },
  {
    role: 'outbound-sender',
    does: 'sends OpenCX’s replies',
    why: '“AI replies show as sent but the contact never receives the email”: an EmailMessage alone is a record on the Case; this trigger sends it.',
  },
  {
    role: 'bounce-trigger',
    does: 'reports bounced mail',
    why: 'OpenCX shows a reply as delivered that came back.',
    option: 'bounce',
  },
  {
    role: 'case-closed-trigger',
    does: 'reports closed Cases',
    why: 'The session stays open in OpenCX after the Case was closed.',
    option: 'caseClosed',
  },
];

/** One check a trigger: each has a symptom of its own. */
export const triggerChecks: readonly Check[] = triggers.map(triggerCheck);

function triggerCheck({ role, does, why, option }: TriggerFacts): Check {
  return {
    id: `apex.${role}`,
    title: `The trigger that ${does} is there, active and on its object`,
    group: 'apex',
    why,
    mending: 'opencx-sf verify --fix deploys and activates it.',
    requires: ['apex.class'],
    reads: [components],
    ...(option === undefined ? {} : { appliesTo: ({ config }) => isOff(config.blueprint.options[option], option) }),
    fix: ['fields', 'webhook', 'apex'],
    run: async (context) => {
      const own = await ownApex(context, role);
      if (own === undefined) return fail(`The configuration has no trigger for ${role}.`);
      const { name, object, existing } = own;
      const remedy = [inSetup(context, 'ApexTriggers/home', 'Look at it in Setup → Apex Triggers.')];
      if (existing === undefined) return fail(`There is no trigger ${name}.`, { data: { name }, remedy });
      const data = { name, status: existing.status, object: existing.object, valid: existing.isValid };
      if (existing.status !== 'Active') return fail(`${name} is ${existing.status}.`, { data, remedy });
      if (existing.object !== object) {
        return fail(`${name} is on ${existing.object ?? 'another object'}, not on ${object ?? '?'}.`, { data, remedy });
      }
      if (!existing.isValid) return warn(`${name} has to be compiled again (IsValid is false).`, { data, remedy });
      return pass(`${name} on ${object ?? ''}`, { data });
    },
  };
}

function isOff(value: unknown, option: string): string | undefined {
  return value === true ? undefined : `blueprint.options.${option} is off.`;
}
