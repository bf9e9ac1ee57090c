import { listOf, textOf } from '../../metadata/elements/metadata-value.ts';
import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { StoredRecord } from '../../state/record-store.ts';
import { toId18 } from '../../store/record-id.ts';
import { FlowFailure, notUnderstood } from './flow-failure.ts';
import type { FlowElement } from './flow-elements.ts';
import { toField, valueIn } from './flow-values.ts';
import type { Interview } from './interview.ts';

/** What routes messaging sessions: the object that service channels and queues name. */
const SESSION = 'MessagingSession';

/**
 * The Route Work action: gives a session to a queue.
 * @returns id of the queue
 * @throws FlowFailure for other ways of routing, another record than the session, and what is not there
 */
export function routeWork(interview: Interview, { name, value }: FlowElement, sessionId: string): string {
  const inputs = new Map(
    listOf(value, 'inputParameters').map((parameter) => [
      textOf(parameter, 'name') ?? '',
      fieldText(toField(valueIn(parameter, interview))),
    ]),
  );
  const given = (input: string): string => inputs.get(input) ?? '';
  const fail = (problem: string): FlowFailure => new FlowFailure(`${name}: ${problem}`);
  const routingType = given('routingType');
  if (routingType === '') throw fail('routingType is missing.');
  if (routingType !== 'QueueBased') throw notUnderstood(`routeWork with routingType ${routingType}`);
  if (toId18(given('recordId')) !== sessionId)
    throw fail(`recordId is not the messaging session: ${given('recordId')}`);
  const channel = serviceChannel(interview.org, given('serviceChannelId'), given('serviceChannelDevName'));
  if (channel?.['RelatedEntity'] !== SESSION) throw fail('there is no such service channel for messaging sessions.');
  const problem = queueProblem(interview.org, given('queueId'));
  if (problem !== undefined) throw fail(problem);
  return toId18(given('queueId')) ?? '';
}

/** By id, or by name where no id is given; an id that is none falls back on nothing. */
function serviceChannel(org: OrgState, id: string, developerName: string): StoredRecord | undefined {
  if (id !== '') return org.records.get('ServiceChannel', id);
  return org.records.find('ServiceChannel', { DeveloperName: developerName })[0];
}

/** Why a queue takes no messaging sessions; undefined if it does. */
export function queueProblem(org: OrgState, queueId: string): string | undefined {
  const queue = org.records.get('Group', queueId);
  if (queue?.['Type'] !== 'Queue') return `there is no queue with the id ${queueId}.`;
  const [taken] = org.records.find('QueueSobject', { QueueId: queue.Id, SobjectType: SESSION });
  return taken === undefined
    ? `the queue ${fieldText(queue['DeveloperName'])} does not support ${SESSION}.`
    : undefined;
}
