import { enums } from './classes/enums.cases.ts';
import { inheritance } from './classes/inheritance.cases.ts';
import { initialization } from './classes/initialization.cases.ts';
import { members } from './classes/members.cases.ts';
import { properties } from './classes/properties.cases.ts';
import { types } from './classes/types.cases.ts';
import { iterators } from './collections/iterators.cases.ts';
import { lists } from './collections/lists.cases.ts';
import { maps } from './collections/maps.cases.ts';
import { sets } from './collections/sets.cases.ts';
import { sorting } from './collections/sorting.cases.ts';
import { exceptions } from './flow/exceptions.cases.ts';
import { loops } from './flow/loops.cases.ts';
import { ownExceptions } from './flow/own-exceptions.cases.ts';
import { switches } from './flow/switches.cases.ts';
import { dates } from './library/dates.cases.ts';
import { datetimes } from './library/datetimes.cases.ts';
import { json } from './library/json.cases.ts';
import { math } from './library/math.cases.ts';
import { stringMethods } from './library/string-methods.cases.ts';
import { asynchronous } from './records/asynchronous.cases.ts';
import { dml } from './records/dml.cases.ts';
import { limits } from './records/limits.cases.ts';
import { sobjects } from './records/sobjects.cases.ts';
import { soql } from './records/soql.cases.ts';
import { triggerContext } from './records/trigger-context.cases.ts';
import { triggerEffects } from './records/trigger-effects.cases.ts';
import { booleans } from './values/booleans.cases.ts';
import { casts } from './values/casts.cases.ts';
import { decimals } from './values/decimals.cases.ts';
import { doubles } from './values/doubles.cases.ts';
import { integers } from './values/integers.cases.ts';
import { longs } from './values/longs.cases.ts';
import { nullOperators } from './values/null-operators.cases.ts';
import { references } from './values/references.cases.ts';
import { strings } from './values/strings.cases.ts';
import type { SemanticsCase } from './semantics-case.ts';

/** The suite, by language area. */
export const areas: Readonly<Record<string, readonly SemanticsCase[]>> = {
  Integer: integers,
  Long: longs,
  Decimal: decimals,
  Double: doubles,
  String: strings,
  Boolean: booleans,
  'ternary, ?. and ??': nullOperators,
  'casts and instanceof': casts,
  'values and references': references,
  lists: lists,
  sets: sets,
  maps: maps,
  sorting: sorting,
  iterators: iterators,
  switch: switches,
  loops: loops,
  'exceptions of the platform': exceptions,
  'exceptions of the customer': ownExceptions,
  initialization: initialization,
  inheritance: inheritance,
  'members of classes': members,
  properties: properties,
  enums: enums,
  Type: types,
  sObjects: sobjects,
  SOQL: soql,
  DML: dml,
  'what triggers see': triggerContext,
  'what triggers do': triggerEffects,
  limits: limits,
  'asynchronous Apex': asynchronous,
  'methods of String': stringMethods,
  JSON: json,
  Date: dates,
  'Datetime and Time': datetimes,
  Math: math,
};
