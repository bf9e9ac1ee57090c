import { RestError } from '../../http/rest-error.ts';
import type { Session } from '../../http/route.ts';
import { sessionOf } from '../../oauth/sessions.ts';
import type { OrgState } from '../../state/org-state.ts';
import { MetadataFault } from '../metadata-fault.ts';
import { SoapFault } from './envelope.ts';

const lowestVersion = 31;

/** The session of a SessionHeader. @throws MetadataFault INVALID_SESSION_ID */
export function soapSession(org: OrgState, sessionId: string | undefined): Session {
  const session = sessionId === undefined ? undefined : sessionOf(org, sessionId);
  if (session !== undefined) return session;
  throw new MetadataFault(
    'INVALID_SESSION_ID',
    'Invalid Session ID found in SessionHeader: Illegal Session. Session not found',
  );
}

/** @throws MetadataFault UNSUPPORTED_API_VERSION for a version in the path that the org does not have */
export function refuseVersion(version: string, org: OrgState): void {
  const known = /^\d{2,3}\.0$/.test(version) && Number(version) >= lowestVersion;
  if (!known || Number(version) > Number(org.settings.apiVersion)) {
    throw new MetadataFault('UNSUPPORTED_API_VERSION', 'Invalid Api version specified on URL');
  }
}

/** The fault an error stands for; undefined for a bug. */
export function asSoapFault(error: unknown): SoapFault | undefined {
  if (error instanceof SoapFault) return error;
  if (error instanceof RestError) return new SoapFault(`sf:${error.errorCode}`, `${error.errorCode}: ${error.message}`);
  if (error instanceof MetadataFault) return new SoapFault(`sf:${error.code}`, `${error.code}: ${error.message}`);
  return undefined;
}

export function xmlAnswer(body: string, status: number): Response {
  return new Response(body, { status, headers: { 'content-type': 'text/xml;charset=UTF-8' } });
}
