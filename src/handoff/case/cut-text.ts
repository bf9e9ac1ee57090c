import { splitText } from '../../messaging/handoff/split-text.ts';

/** Control characters but tab and line ends: no mail has them, and APIs refuse some. */
const unwritable = /[^\P{Cc}\t\n\r]/gu;

/** A text as Salesforce takes it: no halves of characters, no control characters, line ends as LF. */
export function writableText(text: string): string {
  return text.toWellFormed().replaceAll(/\r\n?/g, '\n').replaceAll(unwritable, '');
}

/** The beginning of a text that fits a field, ending with an ellipsis where it was cut. @param limit in UTF-16 code units, from 3 */
export function cutText(text: string, limit: number): string {
  const whole = writableText(text);
  return whole.length <= limit ? whole : `${splitText(whole, limit - 1)[0] ?? ''}…`;
}
