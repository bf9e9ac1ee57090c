import { createMetadata, deleteMetadata, updateMetadata, upsertMetadata } from './crud-operations.ts';
import { cancelDeploy, checkDeployStatus, deploy, deployRecentValidation } from './deploy-operations.ts';
import { describeMetadata, listMetadata, readMetadata } from './describe-operations.ts';
import { checkRetrieveStatus, retrieve } from './retrieve-operations.ts';
import type { SoapOperation } from './soap-operation.ts';

/** The calls of the Metadata API this org answers. */
export const soapOperations: Readonly<Record<string, SoapOperation>> = {
  cancelDeploy,
  checkDeployStatus,
  checkRetrieveStatus,
  createMetadata,
  deleteMetadata,
  deploy,
  deployRecentValidation,
  describeMetadata,
  listMetadata,
  readMetadata,
  retrieve,
  updateMetadata,
  upsertMetadata,
};

/** Calls the Metadata API has and this org answers as not implemented, by name. */
export const unimplementedOperations: ReadonlySet<string> = new Set([
  'checkStatus',
  'describeValueType',
  'renameMetadata',
]);
