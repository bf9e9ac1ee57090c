import type { BlueprintSettings } from '../../config/blueprint-settings.ts';
import type { SettingProblem } from './validate.ts';
import { defaultContractEvents, defaultContractKeys } from '../webhook-contract.ts';
import { attachmentKeys } from '../webhook-keys.ts';

/** Long enough for any receiver, short enough for a log line; no quotes, blanks or control characters. */
const wireName = /^[A-Za-z_][\w.-]{0,63}$/;

/** Renames of the webhook contract that name nothing, are no plain names, or clash. */
export function contractProblems(contract: BlueprintSettings['contract']): SettingProblem[] {
  const keys = defaultContractKeys();
  const inAttachment = (name: string): boolean => Object.hasOwn(attachmentKeys, name);
  return [
    ...renameProblems('contract.events', contract.events, defaultContractEvents(), () => 'event'),
    ...renameProblems('contract.keys', contract.keys, keys, (name) => (inAttachment(name) ? 'attachment' : 'payload')),
  ];
}

function* renameProblems(
  setting: string,
  renames: Record<string, string>,
  defaults: Record<string, string>,
  scopeOf: (name: string) => string,
): Generator<SettingProblem> {
  const known = Object.keys(defaults);
  for (const [name, wire] of Object.entries(renames)) {
    if (!Object.hasOwn(defaults, name)) {
      yield {
        setting: `${setting}.${name}`,
        problem: 'is not in the contract',
        remedy: `Use one of: ${known.join(', ')}.`,
      };
    }
    if (!wireName.test(wire)) {
      yield {
        setting: `${setting}.${name}`,
        problem: `cannot be called ${JSON.stringify(wire)}`,
        remedy: 'Use letters, digits, underscores, dots and hyphens, beginning with a letter or underscore.',
      };
    }
  }
  const taken = new Map<string, string>();
  for (const name of known) {
    const wire = renames[name] ?? defaults[name] ?? '';
    const slot = `${scopeOf(name)} ${wire}`;
    const other = taken.get(slot);
    if (other !== undefined) {
      yield {
        setting: `${setting}.${name}`,
        problem: `would be called ${JSON.stringify(wire)} like ${other}`,
        remedy: `Give ${name} and ${other} different names.`,
      };
    }
    taken.set(slot, name);
  }
}
