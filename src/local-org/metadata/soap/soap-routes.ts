import type { RouteRegistrant } from '../../http/route.ts';
import type { OrgState } from '../../state/org-state.ts';
import { refuseWithoutMetadataAccess } from '../metadata-access.ts';
import { MetadataFault } from '../metadata-fault.ts';
import { metadataNamespace } from '../types/metadata-type.ts';
import { writeElement } from '../xml/write-xml.ts';
import { readSoapCall, soapFault, SoapFault, soapResponse } from './envelope.ts';
import type { SoapCall } from './envelope.ts';
import { asSoapFault, refuseVersion, soapSession, xmlAnswer } from './soap-endpoint.ts';
import { unimplementedOperations, soapOperations } from './soap-operations.ts';

/** The SOAP Metadata API: one endpoint, the operation in the body. Some clients append the org's id to the path. */
export const registerSoapMetadataRoutes: RouteRegistrant = (app, org) => {
  for (const path of ['/services/Soap/m/:version', '/services/Soap/m/:version/:organizationId']) {
    app.post(path, async (c) => {
      try {
        const version = c.req.param('version') ?? '';
        refuseVersion(version, org);
        const call = readSoapCall(await c.req.text());
        const answer = await perform(org, version, call);
        return xmlAnswer(answer, 200);
      } catch (error) {
        const fault = asSoapFault(error);
        if (fault === undefined) throw error;
        return xmlAnswer(soapFault(fault), 500);
      }
    });
  }
};

async function perform(org: OrgState, version: string, call: SoapCall): Promise<string> {
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
  const session = soapSession(org, call.sessionId);
  refuseWithoutMetadataAccess(org, session.userId);
  const result = await operation({ org, session, version, element: call.operation, zipFile: call.zipFile });
  return soapResponse({ namespace, operation: name, results: writeElement('result', result) });
}
