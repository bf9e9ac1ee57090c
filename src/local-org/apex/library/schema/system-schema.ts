import { mapOf, platformType } from '../../platform/platform.ts';
import type { Run } from '../../run/run.ts';
import { primitives } from '../../types/type.ts';
import { CaseInsensitiveMap } from '../../values/collections/case-insensitive-map.ts';
import { apexError } from '../../values/exception.ts';
import { ApexList } from '../../values/collections/list.ts';
import { SObjectTypeToken } from '../../values/tokens.ts';
import type { Value } from '../../values/value.ts';
import { nullArgument } from '../native.ts';
import type { NativeClass } from '../native.ts';
import { ObjectDescribe } from './describe-values.ts';

function globalDescribe(run: Run): CaseInsensitiveMap {
  const map = new CaseInsensitiveMap(mapOf(primitives.String, platformType('Schema.SObjectType')));
  for (const object of run.org.schema().data.objects()) {
    map.entries.set(run, object.name, SObjectTypeToken.of(object.name));
  }
  return map;
}

function describeNamed(run: Run, name: Value): ObjectDescribe {
  if (typeof name !== 'string') throw nullArgument();
  const object = run.org.schema().data.object(name);
  if (object === undefined) {
    throw apexError(
      'System.InvalidParameterValueException',
      `Invalid sobject provided. The Schema.describeSObject() methods does not support the ${name} sobject as a parameter. The sobject provided does not exist.`,
    );
  }
  return new ObjectDescribe(object);
}

/** Tabs, apps and data categories are not described: the local org has none. */
export const systemSchema: NativeClass = {
  name: 'System.Schema',
  statics: {
    getglobaldescribe: globalDescribe,
    describesobjects: (run, [names]) => {
      if (!(names instanceof ApexList)) throw nullArgument();
      const items = names.items.map((name) => describeNamed(run, name));
      return ApexList.of(platformType('Schema.DescribeSObjectResult'), items);
    },
  },
};
