// ASCII only: between Chinese characters there are no blanks that would end an address. The counts keep a long line of
// letters from being read again and again.
const address = /(?<![\w.%+'-])[\w.%+'-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,10}[a-z][a-z0-9-]{0,62}/gi;

/** The mail addresses in a text, in their order, each once, in lower case. */
export function addressesIn(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(address), ([found]) => found.toLowerCase()))];
}

/** The text with a blank where addresses and links were: their digits are no codes. */
export function withoutAddresses(text: string): string {
  return text.replaceAll(/https?:\/\/[^\s<>"']{1,2000}/gi, ' ').replaceAll(address, ' ');
}
