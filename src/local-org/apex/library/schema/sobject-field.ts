import type { SObjectFieldToken } from '../../values/tokens.ts';
import { methodsOf } from '../native.ts';
import type { NativeClass } from '../native.ts';
import { describeField } from './describe-values.ts';

export const sobjectFieldClass: NativeClass = {
  name: 'Schema.SObjectField',
  methods: methodsOf<SObjectFieldToken>({
    getdescribe: (run, self) => describeField(run, self.object, self.field),
    tostring: (_run, self) => self.field,
  }),
};
