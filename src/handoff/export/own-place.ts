/** Whether a delivery goes to no far side, but is worked in here. */
export function isOwnPlace(target: string): boolean {
  return target.startsWith('serve:');
}
