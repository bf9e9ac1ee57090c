/**
 * A request the Metadata API refuses before doing anything: a SOAP fault `sf:<code>` or, over REST, an error body.
 * What is wrong with a component is not a fault: it is told in the deployment's result.
 */
export class MetadataFault extends Error {
  override readonly name = 'MetadataFault';
  /** Salesforce's status code, e.g. `INVALID_OPERATION`. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** The fault for what the local org does not do: by name, never a pretence. */
export function notImplementedFault(thing: string): MetadataFault {
  return new MetadataFault('LOCAL_ORG_NOT_IMPLEMENTED', `The local org does not implement ${thing}.`);
}
