/**
 * Opens an address in the person's browser.
 * @throws Error if there is none; the address has been printed all the same
 */
export async function openInBrowser(url: string): Promise<void> {
  const { default: open } = await import('open');
  const child = await open(url);
  child.unref();
}
