const suffixAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/**
 * An id of 18 characters whose case was lost, with the case its last three characters tell. Other texts stay.
 * @example restoreCasing('001lo0000000001aaa')
 */
export function restoreCasing(id: string): string {
  if (!/^[0-9a-z]{18}$/i.test(id)) return id;
  const suffix = id.slice(15).toUpperCase();
  const restored = Array.from(id.slice(0, 15), (char, index) => {
    const bits = suffixAlphabet.indexOf(suffix.charAt(Math.floor(index / 5)));
    return (bits & (1 << (index % 5))) === 0 ? char.toLowerCase() : char.toUpperCase();
  });
  return restored.join('') + suffix;
}
