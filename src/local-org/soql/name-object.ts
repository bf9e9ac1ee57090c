import { standardField } from '../schema/field-schema.ts';
import { objectSchema } from '../schema/object-schema.ts';
import type { ApiSchema, ObjectSchema } from '../schema/schema.ts';

/** Fields a polymorphic relationship offers without TYPEOF (object reference, `Name`). */
const NAME_FIELDS: Readonly<Record<string, string>> = {
  Id: 'id | FGSD',
  Name: 'string | FGS',
  FirstName: 'string | FGSN',
  LastName: 'string | FGSN',
  Type: 'picklist | FGSN',
  Alias: 'string | FGSN',
  Email: 'email | FGSN',
  IsActive: 'boolean | FGS',
  Phone: 'phone | FGSN',
  Title: 'string | FGSN',
  Username: 'string | FGSN',
  ProfileId: 'reference | FGSN | Profile | Profile',
  UserRoleId: 'reference | FGSN | UserRole | UserRole',
  LastModifiedById: 'reference | FGSN',
  RecordTypeId: 'reference | FGSN',
};

const held = new WeakMap<ApiSchema, ObjectSchema>();

/** The object behind `Owner`, `What`, `Who`: what can be asked of whatever row is there. */
export function nameObject(schema: ApiSchema): ObjectSchema {
  let object = held.get(schema);
  if (object === undefined) {
    object = objectSchema(
      {
        name: 'Name',
        label: 'Name',
        labelPlural: 'Names',
        keyPrefix: '',
        custom: false,
        createable: false,
        updateable: false,
        deletable: false,
        queryable: false,
        fields: Object.entries(NAME_FIELDS).map(([name, notation]) => standardField('Name', name, notation)),
      },
      [],
    );
    held.set(schema, object);
  }
  return object;
}
