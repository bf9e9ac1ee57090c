import type { ObjectSchema } from '../../../schema/schema.ts';
import { platformType } from '../../platform/platform.ts';
import type { Run } from '../../run/run.ts';
import { primitives } from '../../types/type.ts';
import { ApexList } from '../../values/collections/list.ts';
import { ApexMap } from '../../values/collections/map.ts';
import { platformConstant } from '../../values/enums/platform-enums.ts';
import { PlatformObject } from '../../values/platform-object.ts';
import { SObjectFieldToken, SObjectTypeToken } from '../../values/tokens.ts';
import type { Value } from '../../values/value.ts';
import type { NativeClass } from '../native.ts';
import { describeGetters } from './describe-getters.ts';
import { ObjectFields } from './describe-values.ts';
import type { ObjectDescribe } from './describe-values.ts';

/** The record type that stands for none; every object has it, and in the local org no other. */
const MASTER_ID = '012000000000000AAA';

function masterRecordType(): PlatformObject {
  return new PlatformObject(platformType('Schema.RecordTypeInfo'), [
    ['active', true],
    ['available', true],
    ['defaultRecordTypeMapping', true],
    ['developerName', 'Master'],
    ['master', true],
    ['name', 'Master'],
    ['recordTypeId', MASTER_ID],
  ]);
}

function recordTypesBy(run: Run, key: Value, text: 'Id' | 'String'): ApexMap {
  const type = platformType('Schema.RecordTypeInfo');
  return ApexMap.of(run, primitives[text], type, [[key, masterRecordType()]]);
}

function childRelationships(object: ObjectSchema): ApexList {
  const type = platformType('Schema.ChildRelationship');
  const items = object.childRelationships.map(
    ({ childSObject, field, relationshipName }) =>
      new PlatformObject(type, [
        ['cascadeDelete', false],
        ['childSObject', SObjectTypeToken.of(childSObject)],
        ['deprecatedAndHidden', false],
        ['field', SObjectFieldToken.of(childSObject, field)],
        ['junctionIdListNames', ApexList.of(primitives.String)],
        ['junctionReferenceTo', ApexList.of(platformType('Schema.SObjectType'))],
        ['relationshipName', relationshipName ?? null],
        ['restrictedDelete', false],
      ]),
  );
  return ApexList.of(type, items);
}

const getters = describeGetters<ObjectDescribe>({
  accessible: ({ object }) => object.queryable,
  childRelationships: ({ object }) => childRelationships(object),
  createable: ({ object }) => object.createable,
  custom: ({ object }) => object.custom,
  customSetting: ({ object }) => object.customSetting === true,
  deletable: ({ object }) => object.deletable,
  deprecatedAndHidden: () => false,
  feedEnabled: () => false,
  fields: ({ object }) => new ObjectFields(object.name),
  hasSubtypes: () => false,
  isInterface: () => false,
  isSubtype: () => false,
  // Prefixes beginning with z are the local org's own, for objects whose ids no client sees.
  keyPrefix: ({ object }) => (object.keyPrefix.startsWith('z') ? null : object.keyPrefix),
  label: ({ object }) => object.label,
  labelPlural: ({ object }) => object.labelPlural,
  localName: ({ object }) => object.name,
  mergeable: () => false,
  name: ({ object }) => object.name,
  queryable: ({ object }) => object.queryable,
  recordTypeInfos: () => ApexList.of(platformType('Schema.RecordTypeInfo'), [masterRecordType()]),
  recordTypeInfosByDeveloperName: (_self, run) => recordTypesBy(run, 'Master', 'String'),
  recordTypeInfosById: (_self, run) => recordTypesBy(run, MASTER_ID, 'Id'),
  recordTypeInfosByName: (_self, run) => recordTypesBy(run, 'Master', 'String'),
  searchable: () => false,
  sobjectDescribeOption: () => platformConstant('Schema.SObjectDescribeOptions', 'FULL'),
  sobjectType: ({ object }) => SObjectTypeToken.of(object.name),
  undeletable: () => false,
  updateable: ({ object }) => object.updateable,
});

/** Says of an object what the REST describe says of it, see `records/describe.ts`. */
export const describeSObjectResult: NativeClass = { name: 'Schema.DescribeSObjectResult', ...getters };
