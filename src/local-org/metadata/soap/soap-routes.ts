import type { RouteRegistrant, Session } from '../../http/route.ts';
import { sessionOf } from '../../oauth/sessions.ts';
import type { OrgState } from '../../state/org-state.ts';
import { refuseWithoutMetadataAccess } from '../metadata-access.ts';
import { MetadataFault } from '../metadata-fault.ts';
import { metadataNamespace } from '../types/metadata-type.ts';
import { writeElement } from '../xml/write-xml.ts';
import { readSoapCall, soapFault, SoapFault, soapResponse } from './envelope.ts';
import type { SoapCall } from './envelope.ts';
import { unimplementedOperations, soapOperations } from './soap-operations.ts';

const lowestVersion = 31;

/** The SOAP Metadata API: one endpoint, the operation in the body. Some clients append the org's id to the path. */
export const registerSoapMetadataRoutes: RouteRegistrant = (app, org) => {
  for (const path of ['/services/Soap/m/:version', '/services/Soap/m/:version/:organizationId']) {
    app.post(path, async (c) => {
      try {
        refuseVersion(c.req.param('version') ?? '', org);
        const call = readSoapCall(await c.req.text());
        const answer = await perform(org, call);
        return xml(answer, 200);
      } catch (error) {
        const fault = asFault(error);
        if (fault === undefined) throw error;
        return xml(soapFault(fault), 500);
      }
    });
  }
};

async function perform(org: OrgState, call: SoapCall): Promise<string> {
  const { name, namespace } = call.operation;
  const operation =
    namespace === metadataNamespace && Object.hasOwn(soapOperations, name) ? soapOperations[name] : undefined;
  if (operation === undefined) {
    if (unimplementedOperations.has(name)) {
      throw new MetadataFault(
        'LOCAL_ORG_NOT_IMPLEMENTED',
        `The local org does not implement the Metadata API call ${name}.`,
      );
    }
    throw new SoapFault(
      'soapenv:Client',
      `No operation available for request {${namespace}}${name}, please check the WSDL for the service.`,
    );
  }
  const session = sessionFor(org, call.sessionId);
  refuseWithoutMetadataAccess(org, session.userId);
  const result = await operation({ org, session, element: call.operation, zipFile: call.zipFile });
  return soapResponse(name, writeElement('result', result));
}

function sessionFor(org: OrgState, sessionId: string | undefined): Session {
  const session = sessionId === undefined ? undefined : sessionOf(org, sessionId);
  if (session !== undefined) return session;
  throw new MetadataFault(
    'INVALID_SESSION_ID',
    'Invalid Session ID found in SessionHeader: Illegal Session. Session not found',
  );
}

function refuseVersion(version: string, org: OrgState): void {
  const known = /^\d{2,3}\.0$/.test(version) && Number(version) >= lowestVersion;
  if (!known || Number(version) > Number(org.settings.apiVersion)) {
    throw new MetadataFault('UNSUPPORTED_API_VERSION', 'Invalid Api version specified on URL');
  }
}

function asFault(error: unknown): SoapFault | undefined {
  if (error instanceof SoapFault) return error;
  if (error instanceof MetadataFault) return new SoapFault(`sf:${error.code}`, `${error.code}: ${error.message}`);
  return undefined;
}

function xml(body: string, status: number): Response {
  return new Response(body, { status, headers: { 'content-type': 'text/xml;charset=UTF-8' } });
}
