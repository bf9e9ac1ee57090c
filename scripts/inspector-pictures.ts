// Makes the pictures of the inspector in docs/pictures from a real run: an org that is set up, a `serve` connected to it, mail and
// answers both ways. The page is then looked at over the store that this run has left.
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import type { Browser, Page } from 'playwright-core';

import { webhookContract } from '../src/blueprint/webhook-contract.ts';
import { keychainFor } from '../src/commands/serve/secrets/keychain.ts';
import { storeKey } from '../src/commands/serve/secrets/store-key.ts';
import { newWebhookToken } from '../src/handoff/security/webhook-token.ts';
import { serveHandoff } from '../src/handoff/serve-handoff.ts';
import { openSealer } from '../src/handoff/store/sealed/sealer.ts';
import { sealedStore } from '../src/handoff/store/sealed/sealed-store.ts';
import { openSqliteStore } from '../src/handoff/store/sqlite/open-sqlite-store.ts';
import { openChromium } from '../test/browser/chromium.ts';
import { runSupportDay } from './inspector-pictures/support-day.ts';

const pictures = resolve('docs/pictures');
const folder = mkdtempSync(join(tmpdir(), 'inspector-pictures-'));
const browser = await openChromium();
try {
  await mkdir(pictures, { recursive: true });
  const { sessionId } = await runSupportDay(folder);
  await takePictures(browser, join(folder, '.opencx-sf/serve/events.sqlite'), sessionId);
  await takeEmptyOne(browser, join(folder, 'empty.sqlite'));
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}

async function takePictures(browser: Browser, file: string, sessionId: string): Promise<void> {
  const serving = await inspect(file);
  try {
    const wide = { width: 1280, height: 820 };
    await picture(browser, serving.url, 'list', wide, 'light', async (page) => {
      await openRow(page, 'case_owner_changed');
    });
    await picture(browser, serving.url, 'session', wide, 'light', (page) => openSession(page, sessionId));
    await picture(browser, serving.url, 'dark', wide, 'dark', (page) => openSession(page, sessionId));
    await picture(browser, serving.url, 'narrow', { width: 390, height: 820 }, 'light', (page) =>
      openSession(page, sessionId),
    );
    await picture(browser, serving.url, 'error', wide, 'light', async (page) => {
      await page.getByRole('link', { name: /^Dead letters/ }).click();
      await openRow(page, 'case_owner_changed');
      await serving.close();
      await page.getByText('Connection lost since').waitFor();
    });
  } finally {
    await serving.close();
  }
}

async function takeEmptyOne(browser: Browser, file: string): Promise<void> {
  const serving = await inspect(file);
  await picture(browser, serving.url, 'empty', { width: 1280, height: 520 }, 'light', async (page) => {
    await page.getByText('Nothing has come yet.').waitFor();
  });
  await serving.close();
}

/** The inspector over a store in a file; nothing is carried on. */
async function inspect(file: string): Promise<{ url: string; close(): Promise<void> }> {
  const store = sealedStore(openSqliteStore({ file }), openSealer(await storeKey(`${file}.key`, keychainFor())));
  const running = await serveHandoff({
    store,
    contract: webhookContract({ events: {}, keys: {} }),
    token: newWebhookToken(),
    routes: [],
    mode: 'record',
    inspector: { token: newWebhookToken(), org: { url: 'https://acme.my.salesforce.com' } },
  });
  let closing: Promise<void> | undefined;
  return {
    url: running.inspectorUrl ?? '',
    close: async () => {
      closing ??= running.close().then(() => store.close());
      await closing;
    },
  };
}

async function picture(
  browser: Browser,
  url: string,
  name: string,
  viewport: { width: number; height: number },
  colorScheme: 'light' | 'dark',
  go: (page: Page) => Promise<void>,
): Promise<void> {
  const options = { viewport, colorScheme, locale: 'en-GB', timezoneId: 'UTC', reducedMotion: 'reduce' } as const;
  const page = await browser.newPage(options);
  await page.goto(url);
  await go(page);
  await page.screenshot({ path: join(pictures, `inspector-${name}.png`), animations: 'disabled' });
  await page.close();
}

async function openRow(page: Page, title: string): Promise<void> {
  await page.locator('.row', { hasText: title }).first().click();
  await page.locator('#opened h2').first().waitFor();
}

async function openSession(page: Page, sessionId: string): Promise<void> {
  await page.getByRole('link', { name: 'Sessions' }).click();
  await page.locator(`.row[href$="${sessionId}"]`).click();
  await page.getByRole('region', { name: 'What happened' }).locator('.entry').first().waitFor();
}
