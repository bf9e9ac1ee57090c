import { readdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { renderBlueprint } from '../../src/blueprint/blueprint.ts';
import { mdapiLayout, sourceLayout } from '../../src/blueprint/layouts.ts';
import { singleOptions, testSettings } from './variants.ts';
import type { BlueprintSettingsInput } from '../../src/config/blueprint-settings.ts';

const everything: BlueprintSettingsInput = {
  options: {
    bounce: true,
    caseClosed: true,
    webhookSignature: true,
    credentialModel: 'external',
    emailService: 'sendgrid',
  },
  orgWideEmailAddress: 'care@example.com',
};
const least: BlueprintSettingsInput = {
  options: { humanAgent: false, ownerChange: false, idempotency: false, emailService: 'mailgun' },
  webhook: { retryDelaysMinutes: [] },
};

/** Option sets that between them show every template and every branch; `vitest -u` writes them anew. */
const goldens: Record<string, BlueprintSettingsInput[]> = {
  default: [],
  everything: [everything],
  least: [least],
  postmark: [singleOptions.postmark, singleOptions['display-name']],
  renamed: [singleOptions.renamed],
};

describe.each(Object.entries(goldens))('golden files: %s', (name, inputs) => {
  test('mdapi package', async () => {
    const layout = mdapiLayout(await renderBlueprint(testSettings(...inputs)));
    for (const [path, content] of layout) {
      await expect(content).toMatchFileSnapshot(`golden/${name}/${path}`);
    }
    // A file that is no longer rendered must not stay behind.
    const kept = await readdir(new URL(`golden/${name}/`, import.meta.url), { recursive: true, withFileTypes: true });
    expect(kept.filter((entry) => entry.isFile()).length).toBe(layout.size);
  });
});

test('golden files: DX project', async () => {
  for (const [path, content] of sourceLayout(await renderBlueprint(testSettings()))) {
    // Apex is the same as in the package.
    if (!/\.(?:cls|trigger)$/.test(path)) await expect(content).toMatchFileSnapshot(`golden/source/${path}`);
  }
});
