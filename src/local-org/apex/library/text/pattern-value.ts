import { platformType } from '../../platform/platform.ts';
import { ApexValue } from '../../values/value.ts';
import type { JavaRegex } from './regex/java-regex.ts';

/** A `System.Pattern`. */
export class PatternValue extends ApexValue {
  readonly type = platformType('System.Pattern');
  readonly regex: JavaRegex;

  constructor(regex: JavaRegex) {
    super();
    this.regex = regex;
  }
}
