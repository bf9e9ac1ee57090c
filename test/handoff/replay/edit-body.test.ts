import { describe, expect, test } from 'vitest';

import { OpencxError } from '../../../src/errors/opencx-error.ts';
import { editBody, readBodyEdit } from '../../../src/handoff/replay/edit-body.ts';

const body = {
  subject: 'Hello',
  count: 3,
  first: true,
  owner: null,
  files: [{ name: 'a.txt', size: 1 }],
  nested: { a: 'b' },
};

const edited = (...edits: string[]) => editBody(body, edits.map(readBodyEdit));

function refusal(work: () => unknown): OpencxError {
  try {
    work();
  } catch (error) {
    if (error instanceof OpencxError) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

describe('a body that is edited', () => {
  test.each([
    ['a text', 'subject=Good bye', { subject: 'Good bye' }],
    ['a text with = in it', 'subject=a=b:=c', { subject: 'a=b:=c' }],
    ['a text that looks like a number', 'subject=00012', { subject: '00012' }],
    ['an empty text', 'subject=', { subject: '' }],
    ['a number', 'count=4', { count: 4 }],
    ['a truth value', 'first=false', { first: false }],
    ['text where null stands', 'owner=005000000000001AAA', { owner: '005000000000001AAA' }],
    ['null by JSON', 'subject:=null', { subject: null }],
    ['another kind by JSON', 'count:="three"', { count: 'three' }],
    ['a whole list', 'files:=[]', { files: [] }],
    ['a part of an item', 'files.0.name=b.txt', { files: [{ name: 'b.txt', size: 1 }] }],
    ['a part of an object', 'nested.a=c', { nested: { a: 'c' } }],
  ])('takes %s', (_what, edit, change) => {
    expect(edited(edit)).toEqual({ ...body, ...change });
  });

  test('takes several changes, one after the other, and leaves the original as it was', () => {
    const before = structuredClone(body);
    expect(edited('files:=[{"name":"x","size":2}]', 'files.0.size=3')).toMatchObject({
      files: [{ name: 'x', size: 3 }],
    });
    expect(body).toEqual(before);
  });

  test('keeps a key that is called __proto__ what it is: a key', () => {
    const odd: unknown = JSON.parse('{"__proto__":{"a":"b"},"c":"d"}');
    expect(JSON.stringify(editBody(odd, [readBodyEdit('c=e')]))).toBe('{"__proto__":{"a":"b"},"c":"e"}');
    expect(JSON.stringify(editBody(odd, [readBodyEdit('__proto__.a=x')]))).toBe('{"__proto__":{"a":"x"},"c":"d"}');
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  });

  test.each([
    ['an unknown key', 'subjekt=x', 'The body has no subjekt.'],
    ['an index beyond the end', 'files.1.name=x', 'The body has no files.1.'],
    ['the length of a list', 'files.length=0', 'The body has no files.length.'],
    ['something below a text', 'subject.x=y', 'The body has no subject.x.'],
    ['what every object inherits', 'constructor=x', 'The body has no constructor.'],
    ['a word for a number', 'count=many', /"many" is no JSON for count/],
    ['a number for a truth value', 'first=1', /first holds a boolean/],
    ['broken JSON', 'files:=[', /is no JSON for files/],
    ['no =', 'subject', /sets nothing/],
    ['no path', '=x', /sets nothing/],
  ])('refuses %s', (_what, edit, message) => {
    const error = refusal(() => edited(edit));
    expect(error.code).toBe('USAGE');
    expect(error.message).toMatch(message);
  });

  test('tells what there is where a path leads nowhere', () => {
    expect(refusal(() => edited('files.0.title=x')).nextSteps).toEqual(['files.0 has: name, size.']);
  });
});
