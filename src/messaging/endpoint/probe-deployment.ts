import { OpencxError } from '../../errors/opencx-error.ts';
import { httpStatusOf } from '../api/api-error.ts';
import type { MessagingApiPorts, MessagingEndpoint } from '../api/messaging-api.ts';
import { requester } from '../api/request.ts';

/** What the SCRT2 host says of a deployment to somebody who has no token. */
export type DeploymentProbe =
  /** It is there and published. */
  | { readonly state: 'published' }
  /** The host answers, and knows no published deployment of that name in that org. Names are compared in their exact case. */
  | { readonly state: 'unknown'; readonly httpStatus: number; readonly said: string }
  /** There is no such host: the URL is not the one of the code snippet. */
  | { readonly state: 'no-host'; readonly said: string }
  /** Nothing answers, or something else than this API does; nothing is known of the deployment. */
  | { readonly state: 'unclear'; readonly said: string };

/**
 * Asks for the public configuration of a deployment (`/embeddedservice/v1/embedded-service-config`, as third parties found it).
 * @throws OpencxError INTERRUPTED alone; everything else is a result
 */
export async function probeDeployment(
  { scrtUrl, orgId, deployment }: MessagingEndpoint,
  ports: MessagingApiPorts,
  signal?: AbortSignal,
): Promise<DeploymentProbe> {
  const send = requester(scrtUrl, ports);
  const query = new URLSearchParams({ orgId, esConfigName: deployment, language: 'en_US' });
  try {
    const reply = await send({
      method: 'GET',
      path: `/embeddedservice/v1/embedded-service-config?${query.toString()}`,
      doing: 'asking for the deployment',
      signal,
    });
    await reply.body?.cancel();
    return { state: 'published' };
  } catch (error) {
    if (!(error instanceof OpencxError) || error.code === 'INTERRUPTED') throw error;
    return failedProbe(error);
  }
}

function failedProbe(failure: OpencxError): DeploymentProbe {
  const said = failure.message;
  const httpStatus = httpStatusOf(failure);
  if (failure.details?.['salesforceErrorCode'] === 'ENOTFOUND') return { state: 'no-host', said };
  if (failure.code === 'ORG_REFUSED' && (httpStatus === 400 || httpStatus === 404)) {
    return { state: 'unknown', httpStatus, said };
  }
  return { state: 'unclear', said };
}
