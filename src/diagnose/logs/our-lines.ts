import type { BlueprintSettings } from '../../config/blueprint-settings.ts';
import type { LogLine } from './parse-log.ts';

/**
 * How the messages begin that our Apex writes with `System.debug`. They tell our lines where a log does not name the code unit
 * they belong to: Salesforce removes lines of long logs anywhere, that which names the unit not excepted.
 */
export const ourMessages: readonly string[] = [
  'OpenCxOutboundEmailSender sendEmail failed: ',
  'webhook: attempt ',
  'webhook: giving up ',
  ...['NewCases', 'CustomerEmails', 'AgentEmails', 'BouncedEmails', 'OwnerChanges', 'ClosedCases'].map(
    (what) => `notify${what} failed: `,
  ),
  'threading of Case ',
  'no user has the Username ',
  'cannot start a job (',
  'this transaction may change no further records; ',
  'cannot mark mail as sent: ',
  'this org has no organization-wide address ',
];

/** Lower-case names of the Apex that the configuration puts into the org; its tests are left out. */
export function ourApex({ apexClass, triggers }: BlueprintSettings['names']): ReadonlySet<string> {
  return new Set([apexClass, ...Object.values(triggers)].map((name) => name.toLowerCase()));
}

/** Whether a code unit is ours: `OpenCaseTrigger`, `OpenSalesforceCaseManagement.deliverInFuture`. */
export function isOurUnit(unit: string | undefined, names: ReadonlySet<string>): boolean {
  return (unit ?? '').split(/\W+/).some((word) => names.has(word.toLowerCase()));
}

/** Whether a line says something about our Apex: what it wrote, and what was thrown in it. */
export function isOurLine(line: LogLine, names: ReadonlySet<string>): boolean {
  switch (line.event) {
    case 'USER_DEBUG':
      return isOurUnit(line.unit, names) || ourMessages.some((start) => line.text.startsWith(start));
    case 'EXCEPTION_THROWN':
      return isOurUnit(line.unit, names);
    case 'FATAL_ERROR':
      return isOurUnit(line.unit, names) || isInTrace(line.text, names);
    default:
      return false;
  }
}

/** `Class.OpenSalesforceCaseManagement.notifyNewCases: line 12, column 1` */
function isInTrace(text: string, names: ReadonlySet<string>): boolean {
  return [...text.matchAll(/^(?:Class|Trigger)\.([\w.]+): line /gm)].some(([, place]) => isOurUnit(place, names));
}
