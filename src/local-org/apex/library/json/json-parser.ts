import { platformType } from '../../platform/platform.ts';
import type { Run } from '../../run/run.ts';
import type { PrimitiveName } from '../../types/type.ts';
import { platformConstant } from '../../values/enums/platform-enums.ts';
import { TypeValue } from '../../values/tokens.ts';
import { ApexValue } from '../../values/value.ts';
import type { Value } from '../../values/value.ts';
import { methodsOf, nullArgument } from '../native.ts';
import type { InstanceNative, NativeClass } from '../native.ts';
import { deserialize } from './deserialize.ts';
import { readScalar } from './deserialize-scalar.ts';
import { readFrom } from './text/json-node.ts';
import { JsonReader } from './text/json-reader.ts';
import type { JsonToken } from './text/json-reader.ts';
import { jsonError } from './text/json-source.ts';
import { placed } from './json-target.ts';
import { wholeNumber } from './text/whole-number.ts';

/** A System.JSONParser: a reader and the token it stands on. */
export class JsonParser extends ApexValue {
  readonly type = platformType('System.JSONParser');
  readonly reader: JsonReader;
  current: JsonToken | undefined = undefined;
  lastCleared: JsonToken | undefined = undefined;

  constructor(text: string) {
    super();
    this.reader = new JsonReader(text);
  }
}

function tokenValue(token: JsonToken | undefined): Value {
  return token === undefined ? null : platformConstant('System.JSONToken', token.kind);
}

/** @throws ApexThrown System.JSONException where the parser stands on nothing, or on a token of no such kind */
function tokenOf(parser: JsonParser, expected: RegExp, problem: string): JsonToken {
  const { current } = parser;
  if (current !== undefined && expected.test(current.kind)) return current;
  const place = current === undefined ? '' : ` at ${parser.reader.source.place(current.end)}`;
  throw jsonError(`Current token (${current?.kind ?? 'null'}) ${problem}${place}`);
}

function scalar(type: Exclude<PrimitiveName, 'Object'>): InstanceNative<JsonParser> {
  return (_run, self) => {
    const token = tokenOf(self, /^VALUE_STRING$/, `not VALUE_STRING, can not be read as ${type}`);
    return placed(self.reader.source, token.start, () => readScalar(token.text, type));
  };
}

function numberToken(parser: JsonParser): JsonToken {
  return tokenOf(parser, /^VALUE_NUMBER/, 'not numeric, can not use numeric value accessors');
}

function fraction(type: 'Decimal' | 'Double'): InstanceNative<JsonParser> {
  return (_run, self) => readScalar(numberToken(self).text, type);
}

/** What stands behind the point is cut off, as the platform's reader does. */
function whole(bits: 32 | 64): InstanceNative<JsonParser> {
  return (_run, self) => {
    const { text, kind, end } = numberToken(self);
    const digits = kind === 'VALUE_NUMBER_INT' ? text : String(Math.trunc(Number(text)));
    const value = wholeNumber(digits, bits);
    if (value !== undefined) return value;
    const problem = `Numeric value (${text}) out of range of ${bits === 32 ? 'int' : 'long'}`;
    throw jsonError(`${problem} at ${self.reader.source.place(end)}`);
  };
}

function readValue(run: Run, parser: JsonParser, type: Value | undefined, strict: boolean): Value {
  if (!(type instanceof TypeValue)) throw nullArgument();
  const first = parser.current ?? parser.reader.next();
  if (first === undefined) throw jsonError('No content to map to Object due to end of input');
  const node = readFrom(parser.reader, first);
  const kind = node.kind === 'object' ? 'END_OBJECT' : node.kind === 'array' ? 'END_ARRAY' : first.kind;
  parser.current = { ...first, kind };
  return deserialize(run, parser.reader.source, node, type.of, strict);
}

function skipChildren(parser: JsonParser): null {
  if (parser.current?.kind !== 'START_OBJECT' && parser.current?.kind !== 'START_ARRAY') return null;
  const outside = parser.reader.depth - 1;
  while (parser.reader.depth > outside) parser.current = parser.reader.next();
  return null;
}

function advance(parser: JsonParser): Value {
  parser.current = parser.reader.next();
  return tokenValue(parser.current);
}

export const jsonParserClass: NativeClass = {
  name: 'System.JSONParser',
  methods: methodsOf<JsonParser>({
    clearcurrenttoken: (_run, self) => {
      self.lastCleared = self.current ?? self.lastCleared;
      self.current = undefined;
      return null;
    },
    getblobvalue: scalar('Blob'),
    getbooleanvalue: (_run, self) => {
      return tokenOf(self, /^VALUE_(?:TRUE|FALSE)$/, 'not of boolean type').kind === 'VALUE_TRUE';
    },
    getcurrentname: (_run, self) => self.current?.name ?? null,
    getcurrenttoken: (_run, self) => tokenValue(self.current),
    getdatetimevalue: scalar('Datetime'),
    getdatevalue: scalar('Date'),
    getdecimalvalue: fraction('Decimal'),
    getdoublevalue: fraction('Double'),
    getidvalue: scalar('Id'),
    getintegervalue: whole(32),
    getlastclearedtoken: (_run, self) => tokenValue(self.lastCleared),
    getlongvalue: whole(64),
    gettext: (_run, self) => self.current?.text ?? null,
    gettimevalue: scalar('Time'),
    hascurrenttoken: (_run, self) => self.current !== undefined,
    nexttoken: (_run, self) => advance(self),
    nextvalue: (_run, self) => {
      const token = advance(self);
      return self.current?.kind === 'FIELD_NAME' ? advance(self) : token;
    },
    readvalueas: (run, self, [type]) => readValue(run, self, type, false),
    readvalueasstrict: (run, self, [type]) => readValue(run, self, type, true),
    skipchildren: (_run, self) => skipChildren(self),
  }),
};
