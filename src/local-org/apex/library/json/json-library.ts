import type { NativeClass } from '../native.ts';
import { jsonGeneratorClass } from './json-generator.ts';
import { jsonParserClass } from './json-parser.ts';
import { jsonClass } from './json.ts';

/** `System.JSON`, its generator and its parser. */
export const jsonLibrary: readonly NativeClass[] = [jsonClass, jsonGeneratorClass, jsonParserClass];
