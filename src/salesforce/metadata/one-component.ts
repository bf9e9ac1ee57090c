import type { Connection } from 'jsforce';

/** SOAP answers an unknown name with an empty record. */
export async function readBySoap(
  connection: Connection,
  type: string,
  fullName: string,
): Promise<Record<string, unknown> | undefined> {
  const record: unknown = await connection.metadata.read(type as 'PermissionSet', fullName);
  if (typeof record !== 'object' || record === null || !('fullName' in record)) return undefined;
  return typeof record.fullName === 'string' ? { ...record } : undefined;
}

/** A refusal is a result in SOAP; here it is thrown as every other one. */
export async function saveBySoap(
  connection: Connection,
  call: 'create' | 'update',
  type: string,
  values: Record<string, unknown>,
  version: string,
): Promise<void> {
  const metadata = await metadataOf(connection, version);
  const saving =
    call === 'create'
      ? metadata.create(type as 'PermissionSet', values as never)
      : metadata.update(type as 'PermissionSet', values as never);
  const { success, errors } = (await saving) as unknown as { success: boolean; errors?: unknown };
  if (success) return;
  const [first] = [errors ?? []].flat() as { statusCode?: string; message?: string }[];
  throw Object.assign(new Error(first?.message ?? `${type} was not saved`), {
    errorCode: first?.statusCode ?? 'UNKNOWN_EXCEPTION',
  });
}

/** jsforce writes its connection's version into every SOAP address; a copy with another one leaves the original alone. */
async function metadataOf(connection: Connection, version: string): Promise<Connection['metadata']> {
  if (version === connection.version) return connection.metadata;
  const { MetadataApi } = await import('jsforce/lib/api/metadata.js');
  const copy = Object.create(connection) as Connection;
  copy.version = version;
  return new MetadataApi(copy);
}
