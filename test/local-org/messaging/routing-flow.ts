import { metadataFile } from '../metadata/package-zip.ts';
import type { PackageFiles } from '../metadata/package-zip.ts';
import { flowName, openCxParameters, queueName } from './messaging-files.ts';

const place = '<locationX>0</locationX><locationY>0</locationY>';

export function connector(target: string, name = 'connector'): string {
  return `<${name}><targetReference>${target}</targetReference></${name}>`;
}

/** One element of a flow: name, label, place, and what else it says. */
export function flowElement(kind: string, name: string, ...lines: readonly string[]): string {
  return `<${kind}><name>${name}</name><label>${name}</label>${place}${lines.join('')}</${kind}>`;
}

export const reference = (to: string): string => `<value><elementReference>${to}</elementReference></value>`;
export const text = (value: string): string => `<value><stringValue>${value}</stringValue></value>`;

export function variable(name: string, dataType = 'String', isInput = true, ...lines: readonly string[]): string {
  return `<variables><name>${name}</name><dataType>${dataType}</dataType><isCollection>false</isCollection><isInput>${isInput}</isInput><isOutput>false</isOutput>${lines.join('')}</variables>`;
}

/** Get Records of a queue by its DeveloperName. */
export function getQueue(name: string, developerName: string, next: string): string {
  const filter = (field: string, value: string): string =>
    `<filters><field>${field}</field><operator>EqualTo</operator>${text(value)}</filters>`;
  return flowElement(
    'recordLookups',
    name,
    '<assignNullValuesIfNoRecordsFound>false</assignNullValuesIfNoRecordsFound>',
    connector(next),
    `<filterLogic>and</filterLogic>${filter('DeveloperName', developerName)}${filter('Type', 'Queue')}`,
    '<getFirstRecordOnly>true</getFirstRecordOnly><object>Group</object>',
    '<storeOutputAutomatically>true</storeOutputAutomatically>',
  );
}

/** Update Records of the messaging session. */
export function updateSession(name: string, field: string, value: string, next: string): string {
  return flowElement(
    'recordUpdates',
    name,
    connector(next),
    `<filterLogic>and</filterLogic><filters><field>Id</field><operator>EqualTo</operator>${reference('recordId')}</filters>`,
    `<inputAssignments><field>${field}</field>${value}</inputAssignments><object>MessagingSession</object>`,
  );
}

/** Route Work to a queue, as Flow Builder writes it. */
export function routeWork(name: string, queueId: string, more: Readonly<Record<string, string>> = {}): string {
  const inputs = {
    recordId: reference('recordId'),
    serviceChannelId:
      '<value><setupReference>sfdc_livemessage</setupReference><setupReferenceType>ServiceChannel</setupReferenceType></value>',
    serviceChannelLabel: text('Messaging'),
    serviceChannelDevName: text('sfdc_livemessage'),
    routingType: text('QueueBased'),
    queueId,
    ...more,
  };
  return flowElement(
    'actionCalls',
    name,
    '<actionName>routeWork</actionName><actionType>routeWork</actionType>',
    '<flowTransactionModel>CurrentTransaction</flowTransactionModel>',
    ...Object.entries(inputs).map(
      ([input, value]) => `<inputParameters><name>${input}</name>${value}</inputParameters>`,
    ),
    '<nameSegment>routeWork</nameSegment><offset>0</offset>',
  );
}

/** A routing flow of these elements and variables, `recordId` among them. */
export function routingFlow(
  first: string,
  elements: readonly string[],
  { name = flowName, status = 'Active', variables = openCxParameters.map((one) => variable(one.name)) } = {},
): PackageFiles {
  return {
    [`flows/${name}.flow`]: metadataFile('Flow', [
      ...grouped(elements),
      '<apiVersion>68.0</apiVersion>',
      `<interviewLabel>${name} {!$Flow.CurrentDateTime}</interviewLabel>`,
      `<label>${name}</label>`,
      '<processMetadataValues><name>BuilderType</name><value><stringValue>LightningFlowBuilder</stringValue></value></processMetadataValues>',
      '<processType>RoutingFlow</processType>',
      `<start>${place}${connector(first)}</start>`,
      `<status>${status}</status>`,
      variable('recordId'),
      ...variables,
    ]),
  };
}

/** Elements of a kind stand together in a file. */
function grouped(elements: readonly string[]): string[] {
  return elements.toSorted((one, other) => (kindOf(one) < kindOf(other) ? -1 : Number(kindOf(one) > kindOf(other))));
}

function kindOf(element: string): string {
  return /^<(\w+)>/.exec(element)?.[1] ?? '';
}

/** Keeps the OpenCX session in the messaging session, and gives that to a queue. */
export function openCxFlow(target = queueName, status = 'Active'): PackageFiles {
  const elements = [
    updateSession('Keep_Session', 'OpencxSessionId__c', reference('OpencxSessionId'), 'Get_Queue'),
    getQueue('Get_Queue', target, 'Route'),
    routeWork('Route', reference('Get_Queue.Id')),
  ];
  return routingFlow('Keep_Session', elements, { status });
}
