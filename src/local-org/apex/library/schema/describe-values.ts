import { platformType } from '../../platform/platform.ts';
import type { FieldSchema, ObjectSchema } from '../../../schema/schema.ts';
import { visibleSchema } from '../../../schema/visible-schema.ts';
import type { Run } from '../../run/run.ts';
import { apexError } from '../../values/exception.ts';
import { SelfDescribing } from '../../values/self-describing.ts';
import { ApexValue } from '../../values/value.ts';

/** A `Schema.DescribeSObjectResult`: an object as it was when it was described. */
export class ObjectDescribe extends SelfDescribing {
  readonly type = platformType('Schema.DescribeSObjectResult');
  readonly object: ObjectSchema;

  constructor(object: ObjectSchema) {
    super();
    this.object = object;
  }

  text(): string {
    const { name, keyPrefix } = this.object;
    return `Schema.DescribeSObjectResult[getKeyPrefix=${keyPrefix};getName=${name};]`;
  }
}

/** What field-level security lets the user do with a field. */
export interface FieldAccess {
  readonly readable: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
}

/** A `Schema.DescribeFieldResult`, with the access of the user it was made for. */
export class FieldDescribe extends SelfDescribing {
  readonly type = platformType('Schema.DescribeFieldResult');
  readonly object: ObjectSchema;
  readonly field: FieldSchema;
  readonly access: FieldAccess;

  constructor(object: ObjectSchema, field: FieldSchema, access: FieldAccess) {
    super();
    this.object = object;
    this.field = field;
    this.access = access;
  }

  text(): string {
    return `Schema.DescribeFieldResult[getLabel=${this.field.label};getName=${this.field.name};]`;
  }
}

/** A `Schema.SObjectTypeFields`: the fields of an object, `Case.SObjectType.getDescribe().fields`. */
export class ObjectFields extends ApexValue {
  readonly type = platformType('Schema.SObjectTypeFields');
  readonly object: string;

  constructor(object: string) {
    super();
    this.object = object;
  }
}

/** An object of the org by name. @throws ApexThrown System.SObjectException where it was deleted meanwhile */
export function objectNamed(run: Run, name: string): ObjectSchema {
  const object = run.org.schema().data.object(name);
  if (object === undefined) throw apexError('System.SObjectException', `Invalid sObject: ${name}`);
  return object;
}

/** A describe knows every object, whoever asks: object permissions are not enforced in the local org. */
export function describeObject(run: Run, name: string): ObjectDescribe {
  return new ObjectDescribe(objectNamed(run, name));
}

/** What a user may do with a field. */
export function accessTo(run: Run, object: ObjectSchema, field: FieldSchema, userId = run.userId): FieldAccess {
  const visible = visibleSchema(run.org, userId).object(object.name)?.field(field.name);
  return {
    readable: visible !== undefined,
    createable: object.createable && visible?.createable === true,
    updateable: object.updateable && visible?.updateable === true,
  };
}

/** Fields hidden from the user are described too, as not accessible. */
export function describeField(run: Run, objectName: string, fieldName: string): FieldDescribe {
  const object = objectNamed(run, objectName);
  const field = object.field(fieldName);
  if (field === undefined) {
    throw apexError('System.SObjectException', `Invalid field ${fieldName} for ${object.name}`);
  }
  return new FieldDescribe(object, field, accessTo(run, object, field));
}
