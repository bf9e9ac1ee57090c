import { newRecord, writeField } from '../../values/records/sobject-access.ts';
import { sobjectTypeFor } from '../../values/records/stored-record.ts';
import type { SObjectTypeToken } from '../../values/tokens.ts';
import { flagArgument, methodsOf } from '../native.ts';
import type { InstanceNative, NativeClass } from '../native.ts';
import { loadDefaults } from './default-values.ts';
import { describeObject, objectNamed } from './describe-values.ts';

/** `newSObject()`, `newSObject(id)`, `newSObject(recordTypeId, loadDefaults)` */
const newSObject: InstanceNative<SObjectTypeToken> = (run, self, args) => {
  const object = objectNamed(run, self.object);
  const record = newRecord(sobjectTypeFor(object));
  const [id = null] = args;
  if (id !== null && args.length === 1) writeField(run, record, 'Id', id);
  if (args.length === 2) {
    if (flagArgument(args, 1)) loadDefaults(record, object);
    if (id !== null) writeField(run, record, 'RecordTypeId', id);
  }
  return record;
};

export const sobjectTypeClass: NativeClass = {
  name: 'Schema.SObjectType',
  methods: methodsOf<SObjectTypeToken>({
    getdescribe: (run, self) => describeObject(run, self.object),
    newsobject: newSObject,
    tostring: (_run, self) => self.object,
  }),
};
