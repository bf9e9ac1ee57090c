import type { Run } from '../../run/run.ts';
import { platformType } from '../../platform/platform.ts';
import { ApexValue } from '../../values/value.ts';
import type { Value } from '../../values/value.ts';
import { methodsOf, nullArgument, textArgument } from '../native.ts';
import type { InstanceNative, NativeClass } from '../native.ts';
import { JsonWriter } from './text/json-writer.ts';
import { serialize } from './serialize.ts';
import { scalarJson } from './serialize-scalar.ts';

/** A System.JSONGenerator. */
export class JsonGenerator extends ApexValue {
  readonly type = platformType('System.JSONGenerator');
  readonly writer: JsonWriter;

  constructor(isPretty: boolean) {
    super();
    this.writer = new JsonWriter(isPretty);
  }
}

/** Writes one value that must be there. */
function writeScalar({ writer }: JsonGenerator, value: Value | undefined): null {
  const json = value === null || value === undefined ? undefined : scalarJson(value);
  if (json === undefined) throw nullArgument();
  writer.value(json);
  return null;
}

function writeNull({ writer }: JsonGenerator): null {
  writer.value('null');
  return null;
}

function writeAny(run: Run, { writer }: JsonGenerator, value: Value | undefined): null {
  serialize(run, writer, value ?? null, false);
  return null;
}

type Methods = Record<string, InstanceNative<JsonGenerator>>;

/** `writeX(value)` and `writeXField(name, value)` of each kind of value. */
function scalarMethods(...kinds: readonly string[]): Methods {
  return Object.fromEntries(
    kinds.flatMap((kind): [string, InstanceNative<JsonGenerator>][] => [
      [`write${kind}`, (_run, self, [value]) => writeScalar(self, value)],
      [
        `write${kind}field`,
        (_run, self, args) => {
          self.writer.fieldName(textArgument(args, 0));
          return writeScalar(self, args[1]);
        },
      ],
    ]),
  );
}

function step(run: (writer: JsonWriter) => void): InstanceNative<JsonGenerator> {
  return (_run, self) => {
    run(self.writer);
    return null;
  };
}

export const jsonGeneratorClass: NativeClass = {
  name: 'System.JSONGenerator',
  methods: methodsOf<JsonGenerator>({
    ...scalarMethods('blob', 'boolean', 'date', 'datetime', 'id', 'number', 'string', 'time'),
    close: step((writer) => writer.close()),
    getasstring: (_run, self) => {
      self.writer.close();
      return self.writer.text;
    },
    isclosed: (_run, self) => self.writer.isClosed,
    writeendarray: step((writer) => writer.endArray()),
    writeendobject: step((writer) => writer.endObject()),
    writefieldname: (_run, self, args) => {
      self.writer.fieldName(textArgument(args, 0));
      return null;
    },
    writenull: (_run, self) => writeNull(self),
    writenullfield: (_run, self, args) => {
      self.writer.fieldName(textArgument(args, 0));
      return writeNull(self);
    },
    writeobject: (run, self, [value]) => writeAny(run, self, value),
    writeobjectfield: (run, self, args) => {
      self.writer.fieldName(textArgument(args, 0));
      return writeAny(run, self, args[1]);
    },
    writestartarray: step((writer) => writer.startArray()),
    writestartobject: step((writer) => writer.startObject()),
  }),
};
