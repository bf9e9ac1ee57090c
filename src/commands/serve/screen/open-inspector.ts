/**
 * Key o: opens the inspector in the person's browser.
 * @param url with its token; undefined where it is not served
 * @param say told what came of it
 */
export async function openInspector(url: string | undefined, say: (text: string) => void): Promise<void> {
  if (url === undefined) return say('The inspector is served on loopback alone: leave --host out.');
  try {
    const { openInBrowser } = await import('../../../terminal/browser.ts');
    await openInBrowser(url);
    say('The inspector opens in the browser.');
  } catch (error) {
    // The address was shown at the start.
    say(`No browser could be opened: ${error instanceof Error ? error.message : String(error)}`);
  }
}
