/** An Integer (32 bits) or Long (64 bits) of digits with or without a sign; undefined where it is none or does not fit. */
export function wholeNumber(text: string, bits: 32 | 64): number | bigint | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const value = BigInt(text.replace(/^\+/, ''));
  if (BigInt.asIntN(bits, value) !== value) return undefined;
  return bits === 32 ? Number(value) : value;
}
