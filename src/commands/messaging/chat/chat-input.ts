import { z } from 'zod';

/** What a line asks for. */
export type ChatInput =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'typing'; readonly active: boolean }
  | { readonly kind: 'end' | 'help' | 'nothing' }
  /** To leave. */
  | { readonly kind: 'close' }
  | { readonly kind: 'quit' }
  /** A line that asks for nothing there is; the text says why. */
  | { readonly kind: 'problem'; readonly text: string };

/** What a person can ask for besides speaking. */
export const chatHelp: readonly (readonly [string, string])[] = [
  ['/file <path>', 'send a file, at most 5 MB'],
  ['/end', 'end the session; what is written then opens another one'],
  ['/close', 'close the conversation for good, and leave'],
  ['/quit', 'end the session and leave, as Ctrl-C and Ctrl-D do'],
  ['/help', 'show this'],
  ['//…', 'send a text that begins with /'],
];

/** A line that a person typed. */
export function typedInput(line: string): ChatInput {
  if (line.trim() === '') return { kind: 'nothing' };
  if (!line.startsWith('/')) return { kind: 'text', text: line };
  if (line.startsWith('//')) return { kind: 'text', text: line.slice(1) };
  const [, command = '', argument = ''] = /^\/(\S*)\s*([^]*)$/.exec(line.trimEnd()) ?? [];
  switch (command) {
    case 'file':
      return argument === ''
        ? { kind: 'problem', text: '/file wants a path: /file picture.png' }
        : { kind: 'file', path: argument };
    case 'end':
    case 'close':
    case 'quit':
    case 'help':
      return { kind: command };
    default:
      return {
        kind: 'problem',
        text: `/${command} is no command; /help lists them, // sends a text that begins with /`,
      };
  }
}

/** One line of NDJSON on stdin; exactly one member. */
export const chatLineSchema = z
  .union([
    z.strictObject({ text: z.string().min(1) }),
    z.strictObject({ file: z.string().min(1).describe('Path of a file of at most 5 MB.') }),
    z.strictObject({ typing: z.boolean() }),
    z.strictObject({ end: z.literal(true).describe('End the session; the next text opens another one.') }),
    z.strictObject({ close: z.literal(true).describe('Close the conversation for good, and leave.') }),
    z.strictObject({ quit: z.literal(true).describe('End the session and leave.') }),
  ])
  .describe('A line on stdin of opencx-sf messaging chat --json.');

/** A line that a program wrote under `--json`. */
export function jsonInput(line: string): ChatInput {
  if (line.trim() === '') return { kind: 'nothing' };
  const read = chatLineSchema.safeParse(parsed(line));
  if (!read.success)
    return {
      kind: 'problem',
      text: 'a line on stdin is none of {"text":…}, {"file":…}, {"typing":…}, {"end":true}, {"close":true}, {"quit":true}',
    };
  const { data } = read;
  if ('text' in data) return { kind: 'text', text: data.text };
  if ('file' in data) return { kind: 'file', path: data.file };
  if ('typing' in data) return { kind: 'typing', active: data.typing };
  if ('end' in data) return { kind: 'end' };
  return { kind: 'close' in data ? 'close' : 'quit' };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
