import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect } from 'vitest';

import type { SalesforceCli } from './sf.ts';

/** A browser with somebody at it, for commands of the CLI that open one. */
export interface Browser {
  /** Makes the CLI find it. */
  env: Record<string, string>;
  /** Where the login ended, and the text of that page. Waits until it has. */
  readonly lastPage: () => Promise<string>;
}

const person = fileURLToPath(new URL('person-at-the-browser.ts', import.meta.url));

/** Variables by which `xdg-open` finds the browser of a desktop: without one it takes that of `BROWSER`. */
const noDesktop = {
  DISPLAY: '',
  WAYLAND_DISPLAY: '',
  XDG_CURRENT_DESKTOP: '',
  DESKTOP_SESSION: '',
  KDE_FULL_SESSION: '',
  GNOME_DESKTOP_SESSION_ID: '',
  MATE_DESKTOP_SESSION_ID: '',
};

/**
 * Puts a browser before the CLI in which somebody allows or denies what is asked. The CLI opens pages with the `xdg-open` it
 * brings along, and on macOS with the `open` it finds. It listens for the answer only once that has ended: like a real
 * one, this browser works on in the background.
 */
export async function browser(sf: SalesforceCli, decision: 'allow' | 'deny'): Promise<Browser> {
  const bin = join(sf.folder, 'browser');
  const report = join(bin, 'last-page');
  const script = `#!/bin/sh\n'${process.execPath}' '${person}' ${decision} '${report}' "$1" >/dev/null 2>&1 &\n`;
  await mkdir(bin);
  for (const name of ['browser', 'open']) await writeFile(join(bin, name), script, { mode: 0o755 });
  return {
    env: { ...noDesktop, BROWSER: join(bin, 'browser'), PATH: [bin, sf.env['PATH'] ?? ''].join(delimiter) },
    lastPage: async () => {
      await expect.poll(() => existsSync(report), { timeout: 30_000 }).toBe(true);
      return await readFile(report, 'utf8');
    },
  };
}
