import type { Connection } from 'jsforce';

/** A page of HTML, whatever its content type says; no API of Salesforce answers with one. */
const page = /^\s*(?:<!doctype html|<html)/i;

/**
 * Makes an answer that is a web page a failure also where its status says that all is well, as of a network that wants a login
 * or of a login page behind a redirect. jsforce looks for pages in refusals alone: it would hand a page on as if it were data,
 * and read nothing out of one that stands for SOAP, so that a component would seem to be missing.
 */
export function refusePages(connection: Connection): void {
  const transport = connection._transport;
  const send = transport.httpRequest.bind(transport);
  transport.httpRequest = (...request) => {
    const sent = send(...request);
    const checked = sent.then((response) => {
      if (response.statusCode < 300 && page.test(response.body)) throw new PageAnswered(response.body);
      return response;
    });
    return Object.assign(checked, { stream: () => sent.stream() });
  };
}

/** Carries the code that jsforce gives to a refusal that is a page. */
class PageAnswered extends Error {
  readonly errorCode = 'ERROR_HTTP_HTML';
}
