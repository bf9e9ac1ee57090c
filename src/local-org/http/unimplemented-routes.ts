import { soapFault, SoapFault } from '../metadata/soap/envelope.ts';
import { notImplemented } from './rest-error.ts';
import type { RouteRegistrant } from './route.ts';
import { sessionRequired } from './session-guard.ts';

/** Resources of every org's REST API that are not here, by the first segment after the version (REST API guide). */
const RESOURCES = {
  actions: 'invocable actions (actions)',
  analytics: 'the Reports and Dashboards API (analytics)',
  appMenu: 'the app menu (appMenu)',
  apps: 'the resource apps',
  chatter: 'the Connect API (chatter)',
  compactLayouts: 'compact layouts (compactLayouts)',
  connect: 'the Connect API (connect)',
  consent: 'the Consent API (consent)',
  event: 'event series (event)',
  jobs: 'the Bulk API 2.0 (jobs)',
  knowledgeManagement: 'knowledge (knowledgeManagement)',
  parameterizedSearch: 'SOSL search (parameterizedSearch)',
  process: 'approvals and process rules (process)',
  quickActions: 'quick actions (quickActions)',
  recent: 'recently viewed records (recent)',
  search: 'SOSL search (search)',
  support: 'knowledge support (support)',
  tabs: 'tabs',
  theme: 'themes (theme)',
  'tooling/completions': 'code completions (tooling/completions)',
  'tooling/search': 'SOSL search (tooling/search)',
  'ui-api': 'the User Interface API (ui-api)',
  wave: 'the CRM Analytics API (wave)',
} as const;

/** Other APIs that take the session in the `Authorization` header. */
const SESSION_PATHS = {
  '/services/apexrest': 'Apex REST services (apexrest)',
} as const;

/** What a browser is shown, and takes no session in a header. */
const BROWSER_PATHS = {
  '/secur': 'the pages of a browser (secur)',
  '/lightning': 'the pages of a browser (lightning)',
} as const;

/** SOAP APIs but the Metadata API and the Apex API. */
const SOAP_PATHS = {
  '/services/Soap/u': 'the partner SOAP API (/services/Soap/u)',
  '/services/Soap/c': 'the enterprise SOAP API (/services/Soap/c)',
  '/services/Soap/T': 'the SOAP Tooling API (/services/Soap/T)',
  '/services/Soap/class': 'Apex SOAP services (/services/Soap/class)',
} as const;

/**
 * Says by name what real orgs have and this one has not: a 404 would tell a client that it asks for something that never
 * was. To be registered last, so that what is implemented below these paths answers first.
 */
export const registerUnimplementedRoutes: RouteRegistrant = (app, org) => {
  for (const [resource, thing] of Object.entries(RESOURCES)) {
    // The session was looked at: these lie below `/services/data/:version`.
    app.all(`/services/data/:version/${resource}/*`, () => refuse(thing));
  }
  for (const [path, thing] of Object.entries(SESSION_PATHS)) {
    app.all(`${path}/*`, sessionRequired(org), () => refuse(thing));
  }
  for (const [path, thing] of Object.entries(BROWSER_PATHS)) app.all(`${path}/*`, () => refuse(thing));
  for (const [path, thing] of Object.entries(SOAP_PATHS)) {
    const { errorCode, message } = notImplemented(thing);
    const fault = soapFault(new SoapFault(`sf:${errorCode}`, `${errorCode}: ${message}`));
    // A SOAP fault goes with a 500 (SOAP 1.1 over HTTP), also where REST would say 501.
    app.post(`${path}/*`, (c) => c.body(fault, 500, { 'content-type': 'text/xml;charset=UTF-8' }));
  }
};

function refuse(thing: string): never {
  throw notImplemented(thing);
}
