import type { AnonymousResult, RunAnonymous } from '../../apex/anonymous.ts';
import type { RouteRegistrant } from '../../http/route.ts';
import { notImplementedFault, MetadataFault } from '../../metadata/metadata-fault.ts';
import { readSoapCall, soapFault, SoapFault, soapResponse } from '../../metadata/soap/envelope.ts';
import type { SoapCall } from '../../metadata/soap/envelope.ts';
import { asSoapFault, refuseVersion, soapSession, xmlAnswer } from '../../metadata/soap/soap-endpoint.ts';
import { childOf } from '../../metadata/xml/xml-element.ts';
import { writeElement } from '../../metadata/xml/write-xml.ts';
import { userHasPermission } from '../../records/user-permission-row.ts';
import type { OrgState } from '../../state/org-state.ts';
import { apexNamespace, requestedLevels } from './debugging-header.ts';

/** What else the SOAP Apex API has (its WSDL). */
const unimplemented: ReadonlySet<string> = new Set([
  'compileAndTest',
  'compileClasses',
  'compileTriggers',
  'runTests',
  'wsdlToApex',
]);

/** Where a call came in. */
interface Endpoint {
  /** e.g. `66.0` */
  readonly version: string;
  readonly path: string;
}

/** The SOAP Apex API, by which the official CLI runs anonymous Apex: it answers with the debug log in its header. */
export function apexSoapRoutes(run: RunAnonymous): RouteRegistrant {
  return (app, org) => {
    for (const path of ['/services/Soap/s/:version', '/services/Soap/s/:version/:organizationId']) {
      app.post(path, async (c) => {
        try {
          const version = c.req.param('version') ?? '';
          refuseVersion(version, org);
          const call = readSoapCall(await c.req.text());
          return xmlAnswer(await perform(org, call, { version, path: c.req.path }, run), 200);
        } catch (error) {
          const fault = asSoapFault(error);
          if (fault === undefined) throw error;
          return xmlAnswer(soapFault(fault, apexNamespace), 500);
        }
      });
    }
  };
}

async function perform(org: OrgState, call: SoapCall, endpoint: Endpoint, run: RunAnonymous): Promise<string> {
  const { name, namespace } = call.operation;
  if (namespace !== apexNamespace || (name !== 'executeAnonymous' && !unimplemented.has(name))) {
    const message = `No operation available for request {${namespace}}${name}, please check the WSDL for the service.`;
    throw new SoapFault('soapenv:Client', message);
  }
  const { userId } = soapSession(org, call.sessionId);
  if (unimplemented.has(name)) throw notImplementedFault(`the SOAP Apex API call ${name}`);
  if (!userHasPermission(org, userId, 'AuthorApex')) {
    throw new MetadataFault('INSUFFICIENT_ACCESS', 'executeAnonymous requires a user with the AuthorApex permission');
  }
  const source = childOf(call.operation, 'apexcode')?.text ?? childOf(call.operation, 'String')?.text ?? '';
  const debugLevels = requestedLevels(call.header);
  const result = await run(org, {
    source,
    userId,
    apiVersion: endpoint.version,
    debugLevels,
    operation: endpoint.path,
  });
  return soapResponse({
    namespace: apexNamespace,
    operation: name,
    results: writeElement('result', resultElement(result)),
    header: result.log === undefined ? undefined : debuggingInfo(result.log),
  });
}

/** ExecuteAnonymousResult, its elements in the order of the WSDL. */
function resultElement(result: AnonymousResult): { readonly [name: string]: string | number | boolean | null } {
  return {
    column: result.column,
    compileProblem: result.compileProblem,
    compiled: result.compiled,
    exceptionMessage: result.exceptionMessage,
    exceptionStackTrace: result.exceptionStackTrace,
    line: result.line,
    success: result.success,
  };
}

/** Characters that XML cannot hold are dropped from the log: Apex may write anything into it. */
function debuggingInfo(log: string): string {
  // oxlint-disable-next-line no-control-regex -- finding control characters is what this line is for
  const text = log.toWellFormed().replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '');
  return `<DebuggingInfo xmlns="${apexNamespace}">${writeElement('debugLog', text)}</DebuggingInfo>`;
}
