import type { Context } from 'hono';

import { parseJson } from '../../http/parse-json.ts';
import { RestError } from '../../http/rest-error.ts';
import type { LocalOrgEnv, RouteRegistrant } from '../../http/route.ts';
import type { OrgState } from '../../state/org-state.ts';
import { findJob } from '../deploy/deploy-job.ts';
import type { DeployJob } from '../deploy/deploy-job.ts';
import { deployQueueOf } from '../deploy/deploy-queue.ts';
import { deployResult } from '../deploy/deploy-result.ts';
import { readRestOptions } from '../deploy/read-options.ts';
import { submitDeployment, submitQuickDeployment } from '../deploy/submit.ts';
import { refuseWithoutMetadataAccess } from '../metadata-access.ts';
import { MetadataFault } from '../metadata-fault.ts';

const path = '/services/data/:version/metadata/deployRequest';

/**
 * The REST resource for deployments (Metadata API guide, "Deploying with REST"): POST a zip, GET its state, PATCH to
 * cancel. An org without the resource answers 404, as the switch `metadataRestEnabled` asks.
 */
export const registerDeployRequestRoutes: RouteRegistrant = (app, org) => {
  app.post(path, async (c) => {
    refuseUnlessOpen(c, org);
    return await answering(async () => {
      const job = await submitFrom(c, org);
      deployQueueOf(org).enqueue(job);
      return c.json(requestBody(org, job, false), 201);
    });
  });

  // The guide posts a quick deployment to the validation's own resource.
  app.post(`${path}/:id`, async (c) => {
    refuseUnlessOpen(c, org);
    return await answering(() => {
      const job = submitQuickDeployment(org, c.req.param('id'), c.get('session').userId);
      deployQueueOf(org).enqueue(job);
      return c.json(requestBody(org, job, false), 201);
    });
  });

  app.get(`${path}/:id`, (c) => {
    refuseUnlessOpen(c, org);
    const includeDetails = c.req.query('includeDetails') === 'true';
    return c.json(requestBody(org, knownJob(org, c.req.param('id')), includeDetails));
  });

  app.patch(`${path}/:id`, async (c) => {
    refuseUnlessOpen(c, org);
    const job = knownJob(org, c.req.param('id'));
    const body = await jsonBody(c);
    const wanted = (body['deployResult'] as { status?: unknown } | null | undefined)?.status;
    if (wanted !== 'Canceling') {
      throw new RestError(400, 'INVALID_FIELD', 'Only deployResult.status can be changed, and only to Canceling', [
        'status',
      ]);
    }
    return await answering(() => {
      const canceling = deployQueueOf(org).cancel(job.id, c.get('session').userId);
      return c.json(requestBody(org, canceling, false), 202);
    });
  });
};

async function submitFrom(c: Context<LocalOrgEnv>, org: OrgState): Promise<DeployJob> {
  const { userId } = c.get('session');
  const contentType = c.req.header('content-type') ?? '';
  if (/^application\/json\b/i.test(contentType)) {
    const validation = (await jsonBody(c))['validatedDeployRequestId'];
    if (typeof validation !== 'string') {
      throw new RestError(400, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [validatedDeployRequestId]');
    }
    return submitQuickDeployment(org, validation, userId);
  }
  if (!/^multipart\/form-data\b/i.test(contentType)) {
    throw new RestError(415, 'UNSUPPORTED_MEDIA_TYPE', `Content type ${contentType} is not supported here.`);
  }
  const form = await formData(c);
  const options = readRestOptions(await deployOptionsOf(form), org.settings.kind);
  const file = form.get('file');
  if (file === null) throw new MetadataFault('INVALID_OPERATION', 'No zip file content passed in');
  const zip = typeof file === 'string' ? Buffer.from(file, 'latin1') : new Uint8Array(await file.arrayBuffer());
  return submitDeployment(org, zip, options, userId);
}

async function formData(c: Context<LocalOrgEnv>): Promise<FormData> {
  try {
    return await c.req.formData();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new RestError(400, 'INVALID_MULTIPART_REQUEST', `The multipart body cannot be read: ${reason}`);
  }
}

/** The options' part is named `entity_content` by current clients and `json` in the guide's example. */
async function deployOptionsOf(form: FormData): Promise<Record<string, unknown>> {
  const part = form.get('entity_content') ?? form.get('json');
  if (part === null) throw new RestError(400, 'INVALID_MULTIPART_REQUEST', 'The part entity_content is missing');
  const body = parseObject(typeof part === 'string' ? part : await part.text());
  const options = body['deployOptions'] ?? {};
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new RestError(400, 'JSON_PARSER_ERROR', 'deployOptions must be an object');
  }
  return options as Record<string, unknown>;
}

async function jsonBody(c: Context<LocalOrgEnv>): Promise<Record<string, unknown>> {
  return parseObject(await c.req.text());
}

function parseObject(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (cause) {
    throw new RestError(400, 'JSON_PARSER_ERROR', cause instanceof Error ? cause.message : String(cause));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RestError(400, 'JSON_PARSER_ERROR', 'The HTTP entity body must be a JSON object');
  }
  return value as Record<string, unknown>;
}

function requestBody(org: OrgState, job: DeployJob, includeDetails: boolean): Record<string, unknown> {
  return {
    id: job.id,
    validatedDeployRequestId: job.validatedDeployRequestId ?? null,
    deployOptions: job.options,
    deployResult: deployResult(org, job, deployQueueOf(org).progressOf(job.id), includeDetails),
  };
}

function knownJob(org: OrgState, id: string): DeployJob {
  const job = findJob(org, id);
  if (job === undefined)
    throw new RestError(404, 'NOT_FOUND', 'Provided external ID field does not exist or is not accessible');
  return job;
}

/** The resource must be there, and the user allowed to use it. */
function refuseUnlessOpen(c: Context<LocalOrgEnv>, org: OrgState): void {
  if (!org.settings.metadataRestEnabled) {
    throw new RestError(404, 'NOT_FOUND', 'The requested resource does not exist');
  }
  try {
    refuseWithoutMetadataAccess(org, c.get('session').userId);
  } catch (error) {
    throw restErrorOf(error);
  }
}

/** What SOAP answers as a fault, REST answers as an error body. */
async function answering(work: () => Response | Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    throw restErrorOf(error);
  }
}

const statuses: Readonly<Record<string, 403 | 501>> = { INSUFFICIENT_ACCESS: 403, LOCAL_ORG_NOT_IMPLEMENTED: 501 };

function restErrorOf(error: unknown): unknown {
  if (!(error instanceof MetadataFault)) return error;
  return new RestError(statuses[error.code] ?? 400, error.code, error.message);
}
