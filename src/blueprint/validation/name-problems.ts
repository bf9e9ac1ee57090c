import type { BlueprintSettings } from '../../config/blueprint-settings.ts';
import { apexIdentifierProblem } from './apex-identifier.ts';
import type { SettingProblem } from './validate.ts';

/** Types the generated Apex uses: a class of the same name would hide them (Apex looks in the org's classes first). */
const usedTypes = new Set(
  `case cases emailmessage emailmessages user userinfo profile system test database limits json http httprequest
  httpresponse httpcalloutmock calloutexception messaging blob crypto encodingutil schema queueable
  queueablecontext accesslevel assert contentversion contentdocumentlink attachment orgwideemailaddress group queue
  datetime exception url uuid math pattern matcher type`.split(/\s+/),
);

const nameRemedy = 'Use up to 40 letters, digits and single underscores, beginning with a letter.';

/** A field name as Apex writes it: standard, custom, or custom of a package (`ns__Field__c`). */
const fieldName = /^[A-Za-z]\w{0,59}$/;

/** Names that Salesforce would refuse, or that would hide or replace one another. */
export function* nameProblems(settings: BlueprintSettings): Generator<SettingProblem> {
  const { names, emailService, testRecords } = settings;
  const apex: [string, string][] = [
    ['names.apexClass', names.apexClass],
    ['names.testClass', names.testClass],
    ...Object.entries(names.triggers).map(([key, name]): [string, string] => [`names.triggers.${key}`, name]),
  ];
  const credentials: [string, string][] = [
    ['names.namedCredential', names.namedCredential],
    ['emailService.namedCredential', emailService.namedCredential],
  ];
  const others: [string, string][] = [
    ['names.externalCredential', names.externalCredential],
    ['names.permissionSet', names.permissionSet],
  ];
  const caseFields: [string, string][] = [
    ['names.caseFromField', names.caseFromField],
    ['names.caseSessionField', names.caseSessionField],
  ];
  const fields: [string, string][] = [
    ...caseFields,
    ['names.emailSentField', names.emailSentField],
    ['names.webhookSetting', names.webhookSetting],
  ];
  for (const [setting, name] of [...apex, ...credentials, ...others]) {
    const problem = apexIdentifierProblem(name) ?? (name.endsWith('__c') ? 'only fields end with __c' : undefined);
    if (problem !== undefined) yield { setting, problem: `${quoted(name)}: ${problem}`, remedy: nameRemedy };
  }
  for (const [setting, name] of apex) {
    if (!usedTypes.has(name.toLowerCase())) continue;
    yield {
      setting,
      problem: `${quoted(name)} would hide the Salesforce type of that name`,
      remedy: 'Choose another name.',
    };
  }
  for (const [setting, name] of fields) {
    const problem =
      apexIdentifierProblem(name) ??
      (name.endsWith('__c') ? undefined : 'the name of a custom field or setting ends with __c');
    if (problem !== undefined)
      yield { setting, problem: `${quoted(name)}: ${problem}`, remedy: `${nameRemedy} End it with __c.` };
  }
  yield* clashes(apex);
  yield* clashes(credentials);
  yield* clashes(caseFields);
  for (const [object, values] of Object.entries(testRecords)) {
    for (const field of Object.keys(values)) {
      if (fieldName.test(field)) continue;
      yield {
        setting: `testRecords.${object}`,
        problem: `${quoted(field)} is no field name`,
        remedy: 'Give API names of fields.',
      };
    }
  }
}

/** Salesforce compares API names without regard to case. */
function* clashes(names: [string, string][]): Generator<SettingProblem> {
  const taken = new Map<string, string>();
  for (const [setting, name] of names) {
    const other = taken.get(name.toLowerCase());
    if (other !== undefined) {
      yield {
        setting,
        problem: `${quoted(name)} is the name of ${other} too`,
        remedy: `Give ${setting} and ${other} different names.`,
      };
    }
    taken.set(name.toLowerCase(), setting);
  }
}

function quoted(value: string): string {
  return JSON.stringify(value);
}
