import { findJob } from '../deploy/deploy-job.ts';
import type { DeployJob } from '../deploy/deploy-job.ts';
import { deployQueueOf } from '../deploy/deploy-queue.ts';
import { deployResult } from '../deploy/deploy-result.ts';
import { readSoapOptions } from '../deploy/read-options.ts';
import { submitDeployment, submitQuickDeployment } from '../deploy/submit.ts';
import { MetadataFault } from '../metadata-fault.ts';
import type { OrgState } from '../../state/org-state.ts';
import { childOf, childText } from '../xml/xml-element.ts';
import type { XmlElement } from '../xml/xml-element.ts';
import type { XmlValue } from '../xml/write-xml.ts';
import type { SoapOperation } from './soap-operation.ts';

/** deploy(zipFile, deployOptions) → AsyncResult */
export const deploy: SoapOperation = ({ org, session, element, zipFile }) => {
  const options = readSoapOptions(childOf(element, 'DeployOptions'), org.settings.kind);
  const job = submitDeployment(org, decodeBase64(zipFile ?? ''), options, session.userId);
  deployQueueOf(org).enqueue(job);
  return { done: false, id: job.id, state: 'Queued' };
};

/** checkDeployStatus(asyncProcessId, includeDetails) → DeployResult */
export const checkDeployStatus: SoapOperation = ({ org, element }) => {
  const job = knownJob(org, element, 'asyncProcessId');
  const includeDetails = childText(element, 'includeDetails') === 'true';
  const result = deployResult(org, job, deployQueueOf(org).progressOf(job.id), includeDetails);
  return toXml({ ...result, details: result.details ?? {} });
};

/** cancelDeploy(id) → CancelDeployResult */
export const cancelDeploy: SoapOperation = ({ org, session, element }) => {
  const job = knownJob(org, element, 'id');
  deployQueueOf(org).cancel(job.id, session.userId);
  return { done: false, id: job.id };
};

/** deployRecentValidation(validationId) → the new deployment's id, as bare text */
export const deployRecentValidation: SoapOperation = ({ org, session, element }) => {
  const job = submitQuickDeployment(org, childText(element, 'validationId') ?? '', session.userId);
  deployQueueOf(org).enqueue(job);
  return job.id;
};

function knownJob(org: OrgState, element: XmlElement, argument: string): DeployJob {
  const id = childText(element, argument) ?? '';
  if (!/^[0-9A-Za-z]{15}(?:[0-9A-Za-z]{3})?$/.test(id)) throw new MetadataFault('MALFORMED_ID', `bad id ${id}`);
  const job = findJob(org, id);
  if (job === undefined) throw new MetadataFault('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
  return job;
}

function decodeBase64(text: string): Uint8Array {
  const compact = text.replaceAll(/\s+/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(compact) || compact.length % 4 === 1) {
    throw new MetadataFault('INVALID_OPERATION', 'ZipFile is not valid base64');
  }
  return Buffer.from(compact, 'base64');
}

/** DeployResult as elements. Test times are doubles and show it (`0.0`), as some clients' parsers expect of the WSDL. */
function toXml(result: object): XmlValue {
  const { details, ...rest } = result as { details: object };
  const { runTestResult, ...messages } = details as { runTestResult?: { totalTime: number } };
  const tests =
    runTestResult === undefined
      ? {}
      : { runTestResult: { ...runTestResult, totalTime: runTestResult.totalTime.toFixed(1) } };
  const ordered = Object.entries({ ...rest, details: { ...messages, ...tests } }).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(ordered) as { [name: string]: XmlValue };
}
