import { primitives } from '../../types/type.ts';
import { apexError } from '../../values/exception.ts';
import { ApexList } from '../../values/collections/list.ts';
import { ApexMap } from '../../values/collections/map.ts';
import { fieldOf, isFieldSet, populatedFields, writeField } from '../../values/records/sobject-access.ts';
import { cloneRecord } from '../../values/records/sobject-clone.ts';
import type { SObject } from '../../values/records/sobject.ts';
import { SObjectTypeToken } from '../../values/tokens.ts';
import { flagArgument, methodsOf } from '../native.ts';
import type { NativeClass } from '../native.ts';
import { customSettingMethods } from './custom-settings.ts';
import { fieldName, relationshipName } from './field-name.ts';
import { sobjectErrors } from './sobject-errors.ts';

const methods = methodsOf<SObject>({
  get: (run, self, [name]) => fieldOf(run, self, fieldName(run, self, name)),
  put: (run, self, [name, value = null]) => writeField(run, self, fieldName(run, self, name), value),
  getsobject: (run, self, [name]) => fieldOf(run, self, relationshipName(run, self, name, 'parent')),
  putsobject: (run, self, [name, parent = null]) =>
    writeField(run, self, relationshipName(run, self, name, 'parent'), parent),
  getsobjects: (run, self, [name]) => {
    const children = fieldOf(run, self, relationshipName(run, self, name, 'children'));
    // Unlike `account.Contacts`, the method gives null where a sub-query found nothing.
    return children instanceof ApexList && children.items.length === 0 ? null : children;
  },
  getsobjecttype: (_run, self) => SObjectTypeToken.of(self.type.name),
  getpopulatedfieldsasmap: (run, self) => ApexMap.of(run, primitives.String, primitives.Object, populatedFields(self)),
  isset: (run, self, [name]) => isFieldSet(run, self, fieldName(run, self, name)),
  clear: (_run, self) => {
    if (self.readOnly) throw apexError('System.FinalException', 'Record is read-only');
    self.fields.clear();
    return null;
  },
  clone: (run, self, args) =>
    cloneRecord(run, self, {
      preserveId: flagArgument(args, 0),
      deep: flagArgument(args, 1),
      preserveReadonlyTimestamps: flagArgument(args, 2),
      preserveAutonumber: flagArgument(args, 3),
    }),
  isclone: (_run, self) => self.clonedFrom !== undefined,
  getclonesourceid: (_run, self) => self.clonedFrom ?? null,
  getoptions: (_run, self) => self.options,
  setoptions: (_run, self, [options = null]) => {
    self.options = options;
    return null;
  },
  // Only records that come out of a quick action have a name here, and there are none.
  getquickactionname: () => null,
});

/**
 * What every record can do, and custom settings by their object. `getAll` and `recalculateFormulas` are not there: the local org
 * has neither lists of settings nor formula fields.
 */
export const sobjectClass: NativeClass = {
  name: 'SObject',
  methods: { ...methods, ...sobjectErrors, ...customSettingMethods },
};
