import type { CheckContext } from '../../check-context.ts';

/** A component as SOAP `readMetadata` gives it. */
export type MetadataRead =
  | { readonly state: 'read'; readonly name: string; readonly values: Readonly<Record<string, unknown>> }
  | { readonly state: 'missing'; readonly name: string }
  /** This session cannot tell. */
  | { readonly state: 'unread'; readonly why: string };

/** The first version whose Metadata API tells how a channel verifies its users; older ones leave it out. */
const oldestApiVersion = 62;

/** Why this session cannot read the metadata of Live Messaging; undefined where it can. */
export function notReadable({ org }: Pick<CheckContext, 'org'>): string | undefined {
  if (!org.hasOpaqueToken()) return 'This session cannot read it: a token in JWT format, which SOAP does not take.';
  if (Number(org.apiVersion) >= oldestApiVersion) return undefined;
  return `This session speaks API ${org.apiVersion}, which does not tell it; ${oldestApiVersion}.0 does.`;
}

/** Reads one component, where that can be done. @throws OpencxError as the request does */
export async function readComponent(context: CheckContext, type: string, name: string): Promise<MetadataRead> {
  const why = notReadable(context);
  if (why !== undefined) return { state: 'unread', why };
  const values = await context.org.readMetadata(type, name, `reading ${type} ${name}`);
  return values === undefined ? { state: 'missing', name } : { state: 'read', name, values };
}
