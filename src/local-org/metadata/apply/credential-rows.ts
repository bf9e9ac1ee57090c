import { flagOf, textOf } from '../elements/metadata-value.ts';
import type { FieldValue } from '../../state/record-store.ts';
import type { RowSource } from './row-source.ts';

/**
 * Fields of a NamedCredential row, the data API's and the Tooling API's spellings alike. `Endpoint` is filled for the
 * legacy kind only (object reference, NamedCredential).
 */
export function namedCredentialFields({ fullName, value, metadata }: RowSource): Record<string, FieldValue> {
  const kind = textOf(value, 'namedCredentialType') ?? 'Legacy';
  const body = flagOf(value, 'allowMergeFieldsInBody', false);
  const header = flagOf(value, 'allowMergeFieldsInHeader', false);
  const authorization = flagOf(value, 'generateAuthorizationHeader', true);
  return {
    DeveloperName: fullName,
    FullName: fullName,
    MasterLabel: textOf(value, 'label') ?? fullName,
    Language: 'en_US',
    Endpoint: kind === 'Legacy' ? (textOf(value, 'endpoint') ?? null) : null,
    PrincipalType: textOf(value, 'principalType') ?? null,
    Protocol: textOf(value, 'protocol') ?? null,
    Username: textOf(value, 'username') ?? null,
    NamedCredentialType: kind,
    CalloutStatus: textOf(value, 'calloutStatus') ?? 'Enabled',
    CalloutOptionsAllowMergeFieldsInBody: body,
    CalloutOptionsAllowMergeFieldsInHeader: header,
    CalloutOptionsGenerateAuthorizationHeader: authorization,
    AllowMergeFieldsinBody: body,
    AllowMergeFieldsinHeader: header,
    GenerateAuthorizationHeader: authorization,
    ManageableState: 'unmanaged',
    Metadata: metadata,
    NamedCredentialParameters: (metadata['namedCredentialParameters'] ?? []) as unknown[],
  };
}
