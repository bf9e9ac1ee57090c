import { platformType } from '../platform/platform.ts';
import type { ApexType } from '../types/type.ts';
import { ApexValue } from './value.ts';

/** `Case.SObjectType`: an object by name. One object for each name, so that tokens can be compared. */
export class SObjectTypeToken extends ApexValue {
  readonly type = platformType('Schema.SObjectType');
  /** As the schema writes it. */
  readonly object: string;

  private constructor(object: string) {
    super();
    this.object = object;
  }

  static readonly #known = new Map<string, SObjectTypeToken>();

  static of(object: string): SObjectTypeToken {
    let token = SObjectTypeToken.#known.get(object);
    if (token === undefined) {
      token = new SObjectTypeToken(object);
      SObjectTypeToken.#known.set(object, token);
    }
    return token;
  }
}

/** `Case.Subject` as a token. One object for each field. */
export class SObjectFieldToken extends ApexValue {
  readonly type = platformType('Schema.SObjectField');
  readonly object: string;
  /** As the schema writes it. */
  readonly field: string;

  private constructor(object: string, field: string) {
    super();
    this.object = object;
    this.field = field;
  }

  static readonly #known = new Map<string, SObjectFieldToken>();

  static of(object: string, field: string): SObjectFieldToken {
    const key = `${object}.${field}`;
    let token = SObjectFieldToken.#known.get(key);
    if (token === undefined) {
      token = new SObjectFieldToken(object, field);
      SObjectFieldToken.#known.set(key, token);
    }
    return token;
  }
}

/** A System.Type: `Foo.class`, `Type.forName('Foo')`. Two are equal when they stand for the same type. */
export class TypeValue extends ApexValue {
  readonly type = platformType('System.Type');
  readonly of: ApexType;

  constructor(of: ApexType) {
    super();
    this.of = of;
  }
}
