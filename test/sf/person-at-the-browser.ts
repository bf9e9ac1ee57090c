// What a person does at the page a login opens, as a program: `node person-at-the-browser.ts <decision> <report> <url>`.
// Reads the page, presses the button `allow` or `deny` as the administrator, and follows where the answer leads. The report,
// a file, gets the title of the last page, or why it was not reached.
import { rename, writeFile } from 'node:fs/promises';

const [decision = '', report = '', url = ''] = process.argv.slice(2);

/** Nobody stares at a page for longer than this, in milliseconds. */
const patience = 30_000;

async function page(target: URL, form?: URLSearchParams): Promise<{ url: URL; text: string }> {
  const sent = form === undefined ? {} : { method: 'POST', body: form };
  const response = await fetch(target, { ...sent, signal: AbortSignal.timeout(patience) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${target.pathname}: ${response.status} ${text.slice(0, 500)}`);
  return { url: new URL(response.url), text };
}

function attribute(tag: string, name: string): string {
  const value = new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
  return value.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

async function logIn(): Promise<string> {
  const login = await page(new URL(url));
  const form = new URLSearchParams();
  for (const [tag] of login.text.matchAll(/<input\b[^>]*>/g))
    form.append(attribute(tag, 'name'), attribute(tag, 'value'));
  form.append('username', /<option>([^<]*)<\/option>/.exec(login.text)?.[1] ?? '');
  const button = [...login.text.matchAll(/<button\b[^>]*>/g)].find(([tag]) => attribute(tag, 'value') === decision);
  form.append(attribute(button?.[0] ?? '', 'name'), decision);
  const action = attribute(/<form\b[^>]*>/.exec(login.text)?.[0] ?? '', 'action');
  const last = await page(new URL(action, login.url), form);
  return `${last.url.origin}${last.url.pathname}: ${last.text.replaceAll(/<style>[\s\S]*?<\/style>|<[^>]+>/g, ' ')}`;
}

/** Moved into place when it is whole: who waits for it reads it at once. */
async function tell(text: string): Promise<void> {
  await writeFile(`${report}.new`, text);
  await rename(`${report}.new`, report);
}

try {
  await tell(await logIn());
} catch (error) {
  await tell(`failed: ${String(error)}`);
  process.exitCode = 1;
}
