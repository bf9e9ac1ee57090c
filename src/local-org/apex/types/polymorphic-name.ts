import type { ApexField, ApexObject } from './apex-object.ts';

/** What a polymorphic parent (`Case.Owner`, `Task.Who`) offers in SOQL and Apex, whichever object it is. */
const fieldTypes: Readonly<Record<string, string>> = {
  Alias: 'string',
  Email: 'email',
  FirstName: 'string',
  Id: 'id',
  IsActive: 'boolean',
  LastName: 'string',
  LastReferencedDate: 'datetime',
  LastViewedDate: 'datetime',
  Name: 'string',
  Phone: 'phone',
  ProfileId: 'reference',
  RecordTypeId: 'reference',
  Title: 'string',
  Type: 'picklist',
  Username: 'string',
  UserRoleId: 'reference',
};

const parents: Readonly<Record<string, string | undefined>> = { ProfileId: 'Profile', UserRoleId: 'UserRole' };

const fields = Object.entries(fieldTypes).map(([name, type]): ApexField => {
  const parent = parents[name];
  return { name, type, referenceTo: parent === undefined ? [] : [parent], relationshipName: parent };
});

export const polymorphicName: ApexObject = { name: 'Name', fields, childRelationships: [] };
