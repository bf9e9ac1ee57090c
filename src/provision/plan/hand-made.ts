import type { Blueprint } from '../../blueprint/blueprint.ts';
import { apexFiles } from '../org/apex-files.ts';
import type { OrgApex, OrgComponents } from '../org/org-components.ts';

/** A trigger that is none of ours and does what ours do. */
export interface RivalTrigger {
  trigger: OrgApex;
  /**
   * `opencx`: it calls OpenCX's class or webhook, so it is an installation by hand. `mail`: it sends mail for an
   * EmailMessage; it may be the customer's own and only a person can say.
   */
  kind: 'opencx' | 'mail';
  /** What was seen in it, for the person who decides. */
  evidence: string;
}

/** Names that the setup pages gave to the class; an installation by hand may use them whatever the configuration says. */
const pageClass = 'OpenSalesforceCaseManagement';
const pageCredential = 'OpenCX_Integration';

/**
 * Finds active triggers beside the blueprint's that call OpenCX or mail customers. Two senders mean that every customer gets
 * every mail twice, and two webhooks that every event arrives twice. A trigger that mails through a class of its own is not
 * seen: only its own text is read. A blueprint without triggers (an app, a permission set) does nothing twice and has no
 * rivals: to it, the triggers of OpenCX itself would look like some.
 */
export function findRivals(blueprint: Blueprint, components: OrgComponents): RivalTrigger[] {
  if (!blueprint.components.some(({ type }) => type === 'ApexTrigger')) return [];
  const own = new Set(blueprint.components.map((one) => `${one.type} ${one.fullName.toLowerCase()}`));
  const classes = new Set([
    pageClass,
    ...blueprint.components.filter((one) => one.type === 'ApexClass').map((one) => one.fullName),
  ]);
  const credentials = new Set([
    pageCredential,
    ...blueprint.components.filter((one) => one.type === 'NamedCredential').map((one) => one.fullName),
  ]);
  const rivals: RivalTrigger[] = [];
  for (const trigger of components.apex) {
    if (trigger.type !== 'ApexTrigger' || trigger.status !== 'Active') continue;
    if (own.has(`ApexTrigger ${trigger.name.toLowerCase()}`)) continue;
    const rival = judge(trigger, classes, credentials);
    if (rival !== undefined) rivals.push(rival);
  }
  return rivals;
}

function judge(
  trigger: OrgApex,
  classes: ReadonlySet<string>,
  credentials: ReadonlySet<string>,
): RivalTrigger | undefined {
  const code = withoutComments(trigger.body);
  for (const name of classes) {
    if (new RegExp(String.raw`\b${escaped(name)}\s*\.`, 'i').test(code)) {
      return { trigger, kind: 'opencx', evidence: `calls the class ${name}` };
    }
  }
  for (const name of credentials) {
    if (new RegExp(`'callout:${escaped(name)}['/?]`, 'i').test(code)) {
      return { trigger, kind: 'opencx', evidence: `calls the Named Credential ${name}` };
    }
  }
  if (trigger.object === 'EmailMessage' && /\bMessaging\s*\.\s*sendEmail\s*\(/i.test(code)) {
    return { trigger, kind: 'mail', evidence: 'sends mail for EmailMessage (Messaging.sendEmail)' };
  }
  return undefined;
}

/** Apex without its comments; comment marks inside string literals are left alone. */
export function withoutComments(source: string): string {
  return source.replace(/'(?:\\.|[^'\\\n])*'|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (part) =>
    part.startsWith("'") ? part : ' ',
  );
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

const switchedOffNote = '// Switched off by opencx-sf:';

/** Whether a trigger's text is what {@link deactivatedTrigger} has made of another one. */
export function wasSwitchedOff(body: string): boolean {
  return body.includes(switchedOffNote);
}

/**
 * The files that switch a trigger off: an empty body with the original in a comment, status Inactive. The body is emptied
 * because an inactive trigger must still compile, and the class it calls is about to change.
 */
export function deactivatedTrigger(trigger: OrgApex): { path: string; content: string }[] {
  const events = /\(([^)]*)\)/.exec(withoutComments(trigger.body).replaceAll('\n', ' '))?.[1]?.trim() ?? 'after insert';
  const original = trigger.body.replaceAll('*/', '* /');
  const body = [
    `trigger ${trigger.name} on ${trigger.object ?? 'Case'} (${events}) {`,
    `    ${switchedOffNote} another trigger now does this work, and both together would do it twice.`,
    '    /* What it was:',
    original.trimEnd(),
    '    */',
    '}',
    '',
  ].join('\n');
  return apexFiles(trigger, body, 'Inactive');
}
