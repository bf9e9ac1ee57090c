/** What an id names, as its first letters say. */
export type IdKind = 'evt' | 'dlv' | 'att' | 'rej';

/** Turns the numbers a store counts with into ids, and back. */
export interface StoreIds {
  idOf(kind: IdKind, number: number): string;
  /** @returns undefined if it is no id of that kind, or one of another store */
  numberOf(kind: IdKind, id: string): number | undefined;
}

/** Without the letters that are taken for digits. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const tagLength = 8;
/** More than any store counts to; all ids of a kind are equally long, so that they sort as text. */
const digits = 12;

/** What tells the ids of one store from those of all others. @param random yields numbers in [0, 1) */
export function newStoreTag(random: () => number): string {
  let tag = '';
  while (tag.length < tagLength) tag += alphabet.charAt(Math.floor(random() * alphabet.length));
  return tag;
}

/**
 * Ids like `evt_k3v9x2q7_000000000042`. They sort by the number, which is given when something is committed: a clock would not do,
 * since it may go back and two processes have two. The tag is there because the far side de-duplicates by these ids: a store
 * that begins anew must not give the ids of the one before.
 */
export function storeIds(tag: string): StoreIds {
  return {
    idOf: (kind, number) => `${kind}_${tag}_${String(number).padStart(digits, '0')}`,
    numberOf(kind, id) {
      const start = `${kind}_${tag}_`;
      const number = id.slice(start.length);
      return id.startsWith(start) && /^\d{12}$/.test(number) ? Number(number) : undefined;
    },
  };
}
