import { pathOf } from '../apply/component-path.ts';
import { userName } from '../deploy/deploy-result.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { FoundComponent } from './component-files.ts';

/** FileProperties of the Metadata API. Dates are ISO 8601, UTC. */
export interface FileProperties {
  readonly [property: string]: string;
}

/** Salesforce shows what has no dates of its own, standard objects above all, as made at the epoch. */
const epoch = '1970-01-01T00:00:00.000Z';

/** Properties of a component's file. */
export function filePropertiesOf(
  org: OrgState,
  { type, fullName, component }: FoundComponent,
  root = '',
): FileProperties {
  const row = component?.recordId === undefined ? undefined : org.records.get(type, component.recordId);
  const user = (field: string): string => {
    const id = row?.[field];
    return typeof id === 'string' ? id : org.settings.adminUserId;
  };
  const createdById = user('CreatedById');
  const lastModifiedById = user('LastModifiedById');
  return {
    createdById,
    createdByName: userName(org, createdById),
    createdDate: component?.createdDate ?? epoch,
    fileName: `${root}${pathOf(type, fullName)}`,
    fullName,
    id: component?.recordId ?? '',
    lastModifiedById,
    lastModifiedByName: userName(org, lastModifiedById),
    lastModifiedDate: component?.lastModifiedDate ?? epoch,
    ...(component === undefined ? {} : { manageableState: 'unmanaged' }),
    type,
  };
}

/** Properties of the retrieved package.xml itself. */
export function manifestProperties(org: OrgState, fileName: string, time: string): FileProperties {
  const id = org.settings.adminUserId;
  return {
    createdById: id,
    createdByName: userName(org, id),
    createdDate: time,
    fileName,
    fullName: fileName,
    id: '',
    lastModifiedById: id,
    lastModifiedByName: userName(org, id),
    lastModifiedDate: time,
    manageableState: 'unmanaged',
    type: 'Package',
  };
}
