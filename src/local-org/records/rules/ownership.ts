import type { RuleInput } from './object-rules.ts';

/** A new record belongs to who makes it, unless it is said to be another's. */
export function ownedByUser({ operation, userId, values }: RuleInput): void {
  if (operation === 'insert') values['OwnerId'] ??= userId;
}
