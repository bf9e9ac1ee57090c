import { platformType } from '../../platform/platform.ts';
import type { Run } from '../../run/run.ts';
import { apexError } from '../../values/exception.ts';
import { SelfDescribing } from '../../values/self-describing.ts';
import { textHash } from '../core/hash-code.ts';
import type { NativeClass } from '../native.ts';
import { methodsOf, textArgument } from '../native.ts';

/** A `System.UUID`. There is one object for each in a transaction, so that two that are equal are the same. */
export class UuidValue extends SelfDescribing {
  readonly type = platformType('System.UUID');
  /** Lower case, with dashes. */
  readonly uuid: string;

  private constructor(uuid: string) {
    super();
    this.uuid = uuid;
  }

  override text(): string {
    return this.uuid;
  }

  static readonly #known = new WeakMap<Run, Map<string, UuidValue>>();

  static of(run: Run, text: string): UuidValue {
    const known = UuidValue.#known.get(run) ?? new Map<string, UuidValue>();
    UuidValue.#known.set(run, known);
    const uuid = known.get(text) ?? new UuidValue(text);
    known.set(text, uuid);
    return uuid;
  }
}

/** `System.UUID`. */
export const uuidClass: NativeClass = {
  name: 'System.UUID',
  statics: {
    fromstring: (run, args) => UuidValue.of(run, parsed(textArgument(args, 0))),
    randomuuid: (run) => UuidValue.of(run, versionFour(run.random(16))),
  },
  methods: methodsOf<UuidValue>({
    equals: (_run, self, [other]) => self === other,
    hashcode: (_run, self) => textHash(self.uuid),
    tostring: (_run, self) => self.uuid,
  }),
};

/** 16 random bytes as a UUID, with the bits that RFC 9562 reserves for version and variant. */
function versionFour(random: Uint8Array): string {
  const bytes = Buffer.from(random);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function parsed(text: string): string {
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) {
    throw apexError('System.IllegalArgumentException', `Invalid UUID string: ${text}`);
  }
  return text.toLowerCase();
}
