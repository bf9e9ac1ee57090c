import type { Run } from '../../run/run.ts';
import { TypeValue } from '../../values/tokens.ts';
import type { Value } from '../../values/value.ts';
import { flagArgument, nullArgument, textArgument } from '../native.ts';
import type { NativeClass } from '../native.ts';
import { deserialize } from './deserialize.ts';
import { untyped } from './deserialize-untyped.ts';
import { JsonGenerator } from './json-generator.ts';
import { readWhole } from './text/json-node.ts';
import { JsonParser } from './json-parser.ts';
import { JsonReader } from './text/json-reader.ts';
import { JsonWriter } from './text/json-writer.ts';
import { serialize } from './serialize.ts';

function written(run: Run, args: readonly Value[], isPretty: boolean): string {
  const writer = new JsonWriter(isPretty);
  serialize(run, writer, args[0] ?? null, flagArgument(args, 1));
  return writer.text;
}

function readTyped(run: Run, args: readonly Value[], strict: boolean): Value {
  const type = args[1];
  const reader = new JsonReader(textArgument(args, 0));
  if (!(type instanceof TypeValue)) throw nullArgument();
  return deserialize(run, reader.source, readWhole(reader), type.of, strict);
}

export const jsonClass: NativeClass = {
  name: 'System.JSON',
  statics: {
    creategenerator: (_run, args) => new JsonGenerator(flagArgument(args, 0)),
    createparser: (_run, args) => new JsonParser(textArgument(args, 0)),
    deserialize: (run, args) => readTyped(run, args, false),
    deserializestrict: (run, args) => readTyped(run, args, true),
    deserializeuntyped: (run, args) => {
      const reader = new JsonReader(textArgument(args, 0));
      return untyped(run, reader.source, readWhole(reader));
    },
    serialize: (run, args) => written(run, args, false),
    serializepretty: (run, args) => written(run, args, true),
  },
};
