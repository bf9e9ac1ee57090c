import { mapOf, platformType } from '../../platform/platform.ts';
import { primitives } from '../../types/type.ts';
import { CaseInsensitiveMap } from '../../values/collections/case-insensitive-map.ts';
import { SObjectFieldToken } from '../../values/tokens.ts';
import type { SObjectTypeToken } from '../../values/tokens.ts';
import { methodsOf } from '../native.ts';
import type { NativeClass } from '../native.ts';
import { objectNamed } from './describe-values.ts';
import type { ObjectFields } from './describe-values.ts';

/** `Case.fields` is the object's token itself, `Case.SObjectType.getDescribe().fields` an object of its own. */
type Fields = ObjectFields | SObjectTypeToken;

export const sobjectTypeFields: NativeClass = {
  name: 'Schema.SObjectTypeFields',
  methods: methodsOf<Fields>({
    getmap: (run, self) => {
      const object = objectNamed(run, self.object);
      const map = new CaseInsensitiveMap(mapOf(primitives.String, platformType('Schema.SObjectField')));
      for (const field of object.fields) {
        map.entries.set(run, field.name, SObjectFieldToken.of(object.name, field.name));
      }
      return map;
    },
  }),
};
