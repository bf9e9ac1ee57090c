import { newId } from '../apply/new-id.ts';
import { MetadataFault, notImplementedFault } from '../metadata-fault.ts';
import { readManifestElement } from '../package/manifest.ts';
import { retrievePackage } from '../retrieve/retrieve-package.ts';
import type { RetrievedPackage } from '../retrieve/retrieve-package.ts';
import { toId18 } from '../../store/record-id.ts';
import type { OrgState } from '../../state/org-state.ts';
import { childOf, childText } from '../xml/xml-element.ts';
import type { SoapOperation } from './soap-operation.ts';

/** Retrieves waiting to be fetched. They live in the process alone: a client that asks after a restart is told so. */
const pending = new WeakMap<OrgState, Map<string, RetrievedPackage>>();

function retrievesOf(org: OrgState): Map<string, RetrievedPackage> {
  const known = pending.get(org) ?? new Map<string, RetrievedPackage>();
  pending.set(org, known);
  return known;
}

/** Results kept for clients that fetch late; each holds a zip in memory. */
const keptResults = 20;

/** Other ways to say what is wanted than a manifest. */
const unimplementedParts = new Set(['packageNames', 'specificFiles', 'rootTypesWithDependencies']);

/** retrieve(request) → AsyncResult. The zip is made at once; clients fetch it with checkRetrieveStatus. */
export const retrieve: SoapOperation = ({ org, element }) => {
  const request = childOf(element, 'request') ?? childOf(element, 'retrieveRequest');
  const unpackaged = request === undefined ? undefined : childOf(request, 'unpackaged');
  const other = request?.children.find(({ name }) => unimplementedParts.has(name));
  if (other !== undefined) throw notImplementedFault(`retrieving by ${other.name}`);
  if (request === undefined || unpackaged === undefined) {
    throw new MetadataFault('INVALID_OPERATION', 'A retrieve request needs a manifest in unpackaged');
  }
  const read = readManifestElement(unpackaged, 'unpackaged');
  if ('problem' in read) throw new MetadataFault('INVALID_OPERATION', read.problem.message);
  const result = retrievePackage(org, read.manifest, childText(request, 'singlePackage') === 'true');
  const id = newId(org, '09S');
  const results = retrievesOf(org);
  results.set(id, result);
  for (const old of [...results.keys()].slice(0, -keptResults)) results.delete(old);
  return { done: false, id, state: 'Queued' };
};

/** checkRetrieveStatus(asyncProcessId, includeZip) → RetrieveResult */
export const checkRetrieveStatus: SoapOperation = ({ org, element }) => {
  const given = childText(element, 'asyncProcessId') ?? '';
  const id = toId18(given) ?? given;
  const result = retrievesOf(org).get(id);
  if (result === undefined) throw new MetadataFault('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
  const includeZip = childText(element, 'includeZip') !== 'false';
  return {
    done: true,
    fileProperties: result.fileProperties,
    id,
    messages: result.messages,
    status: 'Succeeded',
    success: true,
    ...(includeZip ? { zipFile: result.zipFile } : {}),
  };
};
