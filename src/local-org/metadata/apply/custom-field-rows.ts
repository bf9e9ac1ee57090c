import { textOf } from '../elements/metadata-value.ts';
import type { FieldValue } from '../../state/record-store.ts';
import type { RowSource } from './row-source.ts';

/** Fields of a CustomField row of the Tooling API. `DeveloperName` is without `__c`. */
export function customFieldFields({ org, fullName, value, metadata }: RowSource): Record<string, FieldValue> {
  const [object = '', field = ''] = fullName.split('.');
  return {
    DeveloperName: field.replace(/__c$/i, ''),
    FullName: fullName,
    // A standard object by its name, a custom one by its id.
    TableEnumOrId: org.components.get('CustomObject', object)?.recordId ?? object,
    EntityDefinitionId: object,
    Description: textOf(value, 'description') ?? null,
    Length: typeof value['length'] === 'number' ? value['length'] : null,
    ManageableState: 'unmanaged',
    Metadata: metadata,
  };
}
