import { describe, expect, test } from 'vitest';

import { splitText } from '../../../src/messaging/handoff/split-text.ts';
import { randomText } from './random-text.ts';

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

describe('a text that is too long', () => {
  test('is cut after a paragraph, else after a line, else after a word', () => {
    expect(splitText('one two\n\nthree four', 12)).toEqual(['one two\n\n', 'three four']);
    expect(splitText('one two\nthree four', 12)).toEqual(['one two\n', 'three four']);
    expect(splitText('one two three four', 12)).toEqual(['one two ', 'three four']);
    expect(splitText('onetwothreefour', 12)).toEqual(['onetwothreef', 'our']);
  });

  test('is not cut at a border that leaves most of a piece empty, if a word ends nearer', () => {
    expect(splitText('a\n\nbcd efg hij klm', 12)).toEqual(['a\n\nbcd efg ', 'hij klm']);
  });

  test('tears no emoji, no flag, no accent and no Windows line end apart', () => {
    expect(splitText('aaa👩‍👩‍👧‍👦b', 12)).toEqual(['aaa', '👩‍👩‍👧‍👦b']);
    expect(splitText('ab🇩🇪cd', 5)).toEqual(['ab', '🇩🇪c', 'd']);
    expect(splitText('abce\u0301f', 4)).toEqual(['abc', 'e\u0301f']);
    expect(splitText('abc\r\ndef', 4)).toEqual(['abc', '\r\n', 'def']);
  });

  test('keeps code points whole where one cluster is longer than a piece', () => {
    const tower = `e${'\u0301'.repeat(9)}`;
    expect(splitText(tower, 4).map((piece) => piece.length)).toEqual([4, 4, 2]);
    expect(splitText('👩‍👩‍👧‍👦', 4).every((piece) => piece.isWellFormed())).toBe(true);
  });

  test('has all its characters in its pieces, whatever it is', () => {
    for (let seed = 1; seed <= 400; seed++) {
      const text = randomText(seed, 300);
      const limit = 30 + (seed % 50);
      const pieces = splitText(text, limit);
      expect(pieces.join('')).toBe(text);
      expect(pieces.every((piece) => piece.length <= limit)).toBe(true);
      const starts = new Set([...graphemes.segment(text)].map(({ index }) => index));
      let at = 0;
      for (const piece of pieces) {
        expect(text === '' || starts.has(at), JSON.stringify({ seed, at })).toBe(true);
        at += piece.length;
      }
    }
  });
});
