import type { MessagingSettings } from '../../config/messaging-settings.ts';
import { apexIdentifierProblem } from '../validation/apex-identifier.ts';
import { displayTextProblem, usernameProblem } from '../validation/addresses.ts';
import type { SettingProblem } from '../validation/validate.ts';

/** Longest DeveloperName, less the suffix of what is named after the queue. */
const maxNameLength = 70;
/** Names that the flow's own elements and its record have. */
const takenInFlow = new Set(['recordid', 'keep_session', 'find_queue', 'route_work']);

/** Everything in the settings of Live Messaging that must not get into metadata; empty when they can be rendered. */
export function messagingProblems(settings: MessagingSettings): SettingProblem[] {
  const { deployment, keyset, channel, flow, queue, sessionIdField, issuer } = settings;
  const found: SettingProblem[] = [];
  for (const [setting, name] of Object.entries({ deployment, keyset, channel, flow, queue })) {
    if (name.length > maxNameLength)
      found.push(problem(setting, `is longer than ${maxNameLength} characters`, 'Give a shorter API name.'));
  }
  const field = apexIdentifierProblem(sessionIdField);
  if (field !== undefined) found.push(problem('sessionIdField', field, 'Give a name such as OpencxSessionId__c.'));
  else if (!sessionIdField.endsWith('__c'))
    found.push(problem('sessionIdField', 'does not end with __c', 'Give a name such as OpencxSessionId__c.'));
  const wrongIssuer = issuer === undefined ? undefined : issuerProblem(issuer);
  if (wrongIssuer !== undefined)
    found.push(problem('issuer', wrongIssuer, 'Give exactly what OpenCX puts into "iss" of its tokens.'));
  for (const member of settings.queueMembers) {
    const wrong = usernameProblem(member);
    if (wrong !== undefined) found.push(problem('queueMembers', `${member} ${wrong}`, 'Give Usernames.'));
  }
  return [...found, ...parameterProblems(settings)];
}

function issuerProblem(issuer: string): string | undefined {
  if (issuer.length > 255) return 'is longer than 255 characters';
  return issuer.trim() === issuer && !/\p{C}/u.test(issuer) ? undefined : 'has blanks around it or control characters';
}

/** Names of flow elements are compared without regard to case. */
function parameterProblems({ parameters }: MessagingSettings): SettingProblem[] {
  const seen = new Set<string>();
  return Object.entries(parameters).flatMap(([key, name]) => {
    const lower = name.toLowerCase();
    const wrong = takenInFlow.has(lower)
      ? 'is a name that the flow itself uses'
      : seen.has(lower)
        ? 'is the name of another parameter too'
        : displayTextProblem(name);
    seen.add(lower);
    return wrong === undefined ? [] : [problem(`parameters.${key}`, wrong, 'Leave it at the name that OpenCX sends.')];
  });
}

function problem(setting: string, what: string, remedy: string): SettingProblem {
  return { setting: `messaging.${setting}`, problem: what, remedy };
}
