import { textOf } from '../elements/metadata-value.ts';
import type { FieldValue } from '../../state/record-store.ts';
import type { RowSource } from './row-source.ts';

/** Fields of an ExternalClientApplication row. */
export function externalClientAppFields({ fullName, value }: RowSource): Record<string, FieldValue> {
  return {
    DeveloperName: fullName,
    MasterLabel: textOf(value, 'label') ?? fullName,
    Language: 'en_US',
    ContactEmail: textOf(value, 'contactEmail') ?? null,
    ContactPhone: textOf(value, 'contactPhone') ?? null,
    Description: textOf(value, 'description') ?? null,
    DistributionState: textOf(value, 'distributionState') ?? null,
    IconUrl: textOf(value, 'iconUrl') ?? null,
    InfoUrl: textOf(value, 'infoUrl') ?? null,
    LogoUrl: textOf(value, 'logoUrl') ?? null,
    OrgScopedExternalApp: textOf(value, 'orgScopedExternalApp') ?? null,
  };
}
