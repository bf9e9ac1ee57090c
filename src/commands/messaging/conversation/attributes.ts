import type { MessagingSettings } from '../../../config/messaging-settings.ts';
import { OpencxError } from '../../../errors/opencx-error.ts';

/** `name=value` flags as an object. @throws OpencxError USAGE */
export function readAttributes(given: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    given.map((one) => {
      const [, name, value] = /^([^=\s]+)=([^]*)$/.exec(one) ?? [];
      if (name !== undefined && value !== undefined) return [name, value];
      throw new OpencxError('USAGE', { message: `--attr takes name=value, not "${one}".` });
    }),
  );
}

/**
 * What is not seen in any answer: Salesforce says 201 all the same (third-party notes on the Enhanced Chat API).
 * @param known names of the attributes that the channel is set up with
 */
export function attributeWarnings(
  attributes: Readonly<Record<string, string>>,
  known: MessagingSettings['parameters'],
): string[] {
  const names = Object.keys(attributes).filter((name) => !Object.values(known).includes(name));
  if (names.length === 0) return [];
  return [
    `Salesforce drops an attribute without a word where the channel has no parameter of exactly that name: ${names.join(', ')}.`,
  ];
}
