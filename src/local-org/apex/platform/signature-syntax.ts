/** A type as a signature writes it: `Map<Id, List<SObject>>`, `Database.SaveResult`, `String[]`. */
export interface SignatureType {
  readonly name: string;
  readonly arguments: readonly SignatureType[];
}

export interface SignatureMember {
  readonly kind: 'field' | 'method' | 'constructor';
  readonly name: string;
  readonly isStatic: boolean;
  readonly isFinal: boolean;
  readonly isAbstract: boolean;
  /** Undefined for constructors. */
  readonly type: SignatureType | undefined;
  readonly parameters: readonly SignatureType[];
}

/** Splits at commas outside angle brackets. */
export function splitTypes(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === '<') depth += 1;
    else if (character === '>') depth -= 1;
    else if (character === ',' && depth === 0) {
      parts.push(text.slice(start, index).trim());
      start = index + 1;
    }
  }
  const last = text.slice(start).trim();
  return last === '' ? parts : [...parts, last];
}

export function parseSignatureType(text: string): SignatureType {
  if (text.endsWith('[]')) return { name: 'List', arguments: [parseSignatureType(text.slice(0, -2))] };
  const open = text.indexOf('<');
  if (open < 0) return { name: text, arguments: [] };
  return { name: text.slice(0, open), arguments: splitTypes(text.slice(open + 1, -1)).map(parseSignatureType) };
}

const memberShape = /^((?:(?:static|final|abstract) )*)(?:(.+) )?([\w.]+)(?:\((.*)\))?$/;

/** Reads one line, e.g. `static Long max(Long, Long)`, `Boolean success`, `System.Http()`. */
export function parseMember(line: string): SignatureMember {
  const match = memberShape.exec(line);
  if (match === null) throw new Error(`Not a signature: ${line}`);
  const [, modifiers = '', type, name = '', parameters] = match;
  const kind = parameters === undefined ? 'field' : type === undefined ? 'constructor' : 'method';
  return {
    kind,
    name,
    isStatic: modifiers.includes('static'),
    isFinal: modifiers.includes('final'),
    isAbstract: modifiers.includes('abstract'),
    type: type === undefined ? undefined : parseSignatureType(type),
    parameters: parameters === undefined ? [] : splitTypes(parameters).map(parseSignatureType),
  };
}
