import { textOf } from '../elements/metadata-value.ts';
import type { FieldValue } from '../../state/record-store.ts';
import type { RowSource } from './row-source.ts';

/** Fields of a CustomField row of the Tooling API. `DeveloperName` is without `__c`. */
export function customFieldFields({ fullName, value, metadata }: RowSource): Record<string, FieldValue> {
  const [object = '', field = ''] = fullName.split('.');
  return {
    DeveloperName: field.replace(/__c$/i, ''),
    FullName: fullName,
    TableEnumOrId: object,
    EntityDefinitionId: object,
    Description: textOf(value, 'description') ?? null,
    Length: typeof value['length'] === 'number' ? value['length'] : null,
    ManageableState: 'unmanaged',
    Metadata: metadata,
  };
}
