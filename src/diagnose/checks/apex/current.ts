import { isApex } from '../../../provision/org/org-components.ts';
import { planDeploy } from '../../../provision/plan/plan.ts';
import { compareApex } from '../../../provision/upgrade/compare-apex.ts';
import { hunksBetween } from '../../../provision/upgrade/hunks.ts';
import type { SetupWish } from '../../../provision/setup/wish/setup-wish.ts';
import type { UpgradeItem } from '../../../provision/upgrade/upgrade-item.ts';
import type { Check } from '../../check.ts';
import type { CheckContext } from '../../check-context.ts';
import { pass, skip, warn } from '../../finding.ts';
import { components } from '../../readings/apex.ts';
import { draw } from '../../drawn.ts';
import { integrationUsername, replyTo } from '../../readings/expected.ts';

/** Lines of differences that one finding shows. */
const mostLines = 40;

export const current: Check = {
  id: 'apex.current',
  title: 'The Apex is that of this version, and nobody has edited it',
  group: 'apex',
  why: 'Older templates lack mends that newer ones have; edits by hand are lost at the next deployment, and are nobody’s to explain.',
  mending:
    'opencx-sf upgrade merges a newer template with edits; opencx-sf verify --fix replaces them (a copy is kept).',
  requires: [
    'apex.class',
    'apex.threading-token',
    'apex.reply-to',
    'apex.integration-username',
    'apex.org-wide-address',
  ],
  reads: [components, replyTo, integrationUsername],
  fix: ['apex'],
  run: async (context) => {
    const items = await compare(context);
    if (items === undefined) {
      return skip('What the Apex should say is not known: give --reply-to and --integration-user.');
    }
    const off = items.filter(({ status }) => words[status] !== undefined);
    const data = { components: items.map(({ component, status }) => ({ name: component.fullName, status })) };
    if (off.length === 0) return pass(`${items.length} components as rendered`, { data });
    return warn(`${off.map(({ component, status }) => `${component.fullName} ${words[status] ?? ''}`).join('; ')}.`, {
      data,
      evidence: off.flatMap(difference).slice(0, mostLines),
      remedy: [{ text: 'Merge the new template with the edits', command: 'opencx-sf upgrade' }],
    });
  },
};

/** What each standing means; what is not in here is as it should be, or told by a check of its own. */
const words: Partial<Record<UpgradeItem['status'], string>> = {
  upgrade: 'is of an older template',
  edited: 'was edited by hand',
  merge: 'is of an older template and was edited by hand',
  conflict: 'is of an older template and was edited where the new one differs',
  'no-base': 'was edited by hand, and what it was before is not known',
  foreign: 'was not made by opencx-sf',
  newer: 'is of a newer version of opencx-sf',
};

/** @returns undefined where too little is known to render the Apex */
async function compare(context: CheckContext): Promise<UpgradeItem[] | undefined> {
  const wish = await fullyDrawn(context);
  if (wish === undefined) return undefined;
  const read = await context.read(components);
  return planDeploy(wish.parts.apex, read)
    .items.filter(({ component }) => isApex(component))
    .map((item) => {
      const existing = read.apex.find(({ id }) => id === item.existingId);
      // Status and version are looked at by checks of their own: here it is the text that counts, and comparing equal ones
      // three ways would take longest where there is nothing to find.
      const { component } = item;
      if (existing !== undefined && !item.differences.includes('body')) {
        return { component, status: 'current', differences: [], existing, settled: true };
      }
      return compareApex({ ...item, differences: [] }, existing, undefined, wish.parts.apex.apiVersion);
    });
}

/** The Apex with everything in it that is known, by the configuration or by what the org has. */
async function fullyDrawn(context: CheckContext): Promise<SetupWish | undefined> {
  const [address, username] = await Promise.all([context.read(replyTo), context.read(integrationUsername)]);
  if (address === undefined || username === undefined) return undefined;
  const isKnown = address.from === 'configuration' && username.from === 'configuration';
  return isKnown
    ? context.drawn
    : await draw(context.config, { replyTo: address.value, integrationUsername: username.value });
}

/** A unified diff from the template to the org; what was not made here differs everywhere. */
function difference({ component, status, texts }: UpgradeItem): string[] {
  if (texts === undefined || status === 'foreign') return [`${component.fullName}: no marker of opencx-sf in it`];
  const lines = hunksBetween(texts.template, texts.org).flatMap(({ lines: all }) =>
    all.flatMap(({ kind, text }) => (kind === 'same' ? [] : [`${kind === 'added' ? '+' : '-'} ${text}`])),
  );
  return [`--- template of this version`, `+++ ${component.fullName} in the org`, ...lines];
}
