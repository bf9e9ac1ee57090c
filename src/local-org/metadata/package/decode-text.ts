/** Text of a file in UTF-8; a byte order mark is not part of it. */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder('utf-8').decode(bytes);
}
