import { OpencxError } from '../../errors/opencx-error.ts';

/** A change of one value in a JSON body. */
export interface BodyEdit {
  /** Keys and indexes from the outside in, as on the wire: `case_subject`, `attachments.0.name`. */
  readonly path: readonly string[];
  readonly value: string;
  /** The value is JSON; otherwise it is text, or a number or truth value where one stands now. */
  readonly json: boolean;
}

/** Reads `path=text` or `path:=json`. @throws OpencxError USAGE */
export function readBodyEdit(text: string): BodyEdit {
  const [, path, colon, value] = /^([^=:\s]+)(:?)=([^]*)$/.exec(text) ?? [];
  if (path === undefined || value === undefined) {
    throw new OpencxError('USAGE', {
      message: `"${text}" sets nothing: it is path=text or path:=json, e.g. case_subject=Hello or attachments:=[].`,
    });
  }
  return { path: path.split('.'), value, json: colon === ':' };
}

/**
 * A copy of a JSON object with values changed. Only what is there is changed: a path that leads nowhere is a slip of the finger.
 * @throws OpencxError USAGE naming the path and what there is, or a value that does not fit
 */
export function editBody(body: unknown, edits: readonly BodyEdit[]): unknown {
  return edits.reduce((edited, edit) => put(edited, edit, 0), body);
}

function put(holder: unknown, edit: BodyEdit, depth: number): unknown {
  const key = edit.path[depth];
  if (key === undefined) return newValue(holder, edit);
  if (!hasKey(holder, key)) throw unknownPath(holder, edit, depth);
  if (Array.isArray(holder)) {
    return holder.map((item: unknown, index) => (String(index) === key ? put(item, edit, depth + 1) : item));
  }
  // Own properties one by one: a body may well have a key called __proto__.
  return Object.fromEntries(
    Object.entries(holder).map(([name, inner]) => [name, name === key ? put(inner, edit, depth + 1) : inner]),
  );
}

function hasKey(holder: unknown, key: string): holder is object {
  return typeof holder === 'object' && holder !== null && key !== 'length' && Object.hasOwn(holder, key);
}

function newValue(present: unknown, { path, value, json }: BodyEdit): unknown {
  // Of a key that is null nothing else is known here; text is what most of them may hold.
  if (!json && (typeof present === 'string' || present === null)) return value;
  const parsed = parsedJson(value, path, json);
  if (!json && typeof parsed !== typeof present) {
    throw new OpencxError('USAGE', {
      message: `${path.join('.')} holds a ${kindOf(present)}, and "${value}" is none; to change its kind, write ${path.join('.')}:=${value}.`,
    });
  }
  return parsed;
}

function parsedJson(value: string, path: readonly string[], asked: boolean): unknown {
  try {
    return JSON.parse(value);
  } catch (error) {
    const why = asked ? 'after := stands JSON' : 'it holds no text now, so JSON is wanted';
    throw new OpencxError('USAGE', {
      message: `"${value}" is no JSON for ${path.join('.')} (${why}).`,
      cause: error,
    });
  }
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'list' : typeof value;
}

function unknownPath(holder: unknown, { path }: BodyEdit, depth: number): OpencxError {
  const there = path.slice(0, depth).join('.');
  const keys = typeof holder === 'object' && holder !== null ? Object.keys(holder) : [];
  return new OpencxError('USAGE', {
    message: `The body has no ${path.slice(0, depth + 1).join('.')}.`,
    nextSteps: [
      keys.length === 0
        ? `${there} holds nothing that has parts.`
        : `${there === '' ? 'It has' : `${there} has`}: ${keys.slice(0, 60).join(', ')}.`,
    ],
  });
}
