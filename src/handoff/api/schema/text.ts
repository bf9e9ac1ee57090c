import { z } from 'zod';

/**
 * One line of text: no control characters, which end a header field of a mail, and no halves of characters, which no store writes
 * down. Its length is counted by the pattern in characters, as JSON Schema counts, and not in units of UTF-16.
 */
export function line(most: number): z.ZodString {
  return z.string().regex(new RegExp(`^[^\\p{Cc}\\p{Cs}]{1,${most}}$`, 'u'), {
    error: `must be one line of 1 to ${most} characters, without control characters`,
  });
}

/** An address as one recipient: separators of lists and of display names are none. Salesforce's fields of type Email hold 80. */
export const address = z.string().regex(/^(?=.{3,80}$)[^\s\p{C}@<>()[\]\\,;:"]+@[^\s\p{C}@<>()[\]\\,;:"]+$/u, {
  error: 'must be one email address of at most 80 characters',
});

/** A file that comes with its content. */
export const attachment = z.strictObject({
  name: line(255).describe('File name.'),
  contentType: line(255).describe('Media type, e.g. image/png.'),
  base64: z.base64().describe('The content.'),
});
