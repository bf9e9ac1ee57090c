import type { Run } from '../../run/run.ts';
import { idOf } from '../../run/runtime-type.ts';
import { toId18 } from '../../../store/record-id.ts';
import { apexError } from '../../values/exception.ts';
import { SObjectTypeToken } from '../../values/tokens.ts';
import type { NativeClass } from '../native.ts';
import { flagArgument, methodsOf, textArgument } from '../native.ts';
import { restoreCasing } from './restore-casing.ts';

/** `Id`: the text of 18 characters. */
export const idClass: NativeClass = {
  name: 'Id',
  statics: {
    valueof: (_run, args) => {
      const text = textArgument(args, 0);
      return idOf(args.length > 1 && flagArgument(args, 1) ? restoreCasing(text) : text);
    },
  },
  methods: methodsOf<string>({
    equals: (_run, self, [other]) => typeof other === 'string' && self === (toId18(other) ?? other),
    getsobjecttype: (run, self) => objectOf(run, self),
    to15: (_run, self) => self.slice(0, 15),
  }),
};

function objectOf(run: Run, id: string): SObjectTypeToken {
  const object = run.org.schema().data.objectByKeyPrefix(id.slice(0, 3));
  if (object === undefined) {
    throw apexError('System.SObjectException', `Cannot locate Apex Type for ID: ${id}`);
  }
  return SObjectTypeToken.of(object.name);
}
