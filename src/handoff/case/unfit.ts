/** What can never be carried as it is, however often it is tried; the message says why and what mends it. */
export class Unfit extends Error {
  override readonly name = 'Unfit';
}
