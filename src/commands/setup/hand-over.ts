import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

import { writePrivateFile } from '../../atomic-files.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import type { Credentials } from '../../provision/setup/changes/change-context.ts';
import { waitForActivation, type Activation } from '../../provision/app/app-activation.ts';
import { loginUrl } from '../../provision/setup/steps/hand-over.ts';
import { startProgress } from '../../terminal/progress.ts';
import type { CommandContext } from '../command-context.ts';
import type { SetupWriteFlags } from './setup-flags.ts';
import type { SetupSession } from './setup-session.ts';
import { waitMinutes } from './wait-minutes.ts';

/** What a run found out for OpenCX. */
export interface HandOverValues {
  credentials?: Credentials;
  unavailable?: { why: string; setupUrl: string };
}

/** How long a person waits for a new app to activate unless --wait says otherwise, in minutes: Salesforce takes 2 to 10. */
const patience = 10;

const shownOnce = 'The secret is shown this once: opencx-sf apply --hand-over FILE writes it down again.';

/** What was handed over, and how; the secret is in a file or on a person's screen, never in here. */
export interface HandedOver {
  clientId: string | undefined;
  loginUrl: string;
  file: string | undefined;
  warnings: string[];
}

/**
 * Gives the values for the OpenCX dashboard: into a private file where one was asked for, else onto the screen of the person
 * sitting there, once.
 */
export async function handOver(
  context: CommandContext,
  flags: SetupWriteFlags,
  session: SetupSession,
  { credentials, unavailable }: HandOverValues,
): Promise<HandedOver> {
  const { handOver: file } = flags;
  const url = loginUrl(session.look.facts);
  const none: HandedOver = { clientId: credentials?.key, loginUrl: url, file: undefined, warnings: [] };
  if (unavailable !== undefined) {
    return {
      ...none,
      warnings: [
        `Consumer key and secret could not be read: ${unavailable.why}. Copy them from ${unavailable.setupUrl}`,
        ...(await openPage(context, flags, unavailable.setupUrl)),
      ],
    };
  }
  if (credentials === undefined) return none;
  const text = dashboardText(credentials, url);
  if (file !== undefined) {
    const path = resolve(context.cwd, file);
    await writePrivateFile(path, `${text}\n`);
    return { ...none, file: path, warnings: await activation(context, flags, session, credentials.key) };
  }
  if (flags.copy === true) {
    context.terminal.copy(credentials.secret);
    context.terminal.reveal(`\n${dashboardText({ ...credentials, secret: 'on your clipboard' }, url)}\n`);
  } else context.terminal.reveal(`\n${text}\n\n${shownOnce}\n`);
  return { ...none, warnings: await activation(context, flags, session, credentials.key) };
}

/** Opens the page of Setup for a person; it is named in any case. @returns what to warn of */
async function openPage(context: CommandContext, flags: SetupWriteFlags, url: string): Promise<string[]> {
  if (!context.terminal.mayPrompt || flags.yes === true) return [];
  const { openInBrowser } = await import('../../terminal/browser.ts');
  try {
    await openInBrowser(url);
    return [];
  } catch (error) {
    return [`No browser could be opened: ${error instanceof Error ? error.message : String(error)}`];
  }
}

/** Waits until OpenCX can log in by the app; where nobody waits, one look tells whether it can already. */
async function activation(
  context: CommandContext,
  flags: SetupWriteFlags,
  { config, target }: SetupSession,
  key: string,
): Promise<string[]> {
  const attended = context.terminal.mayPrompt && flags.yes !== true;
  const minutes = flags.wait === undefined ? (attended ? patience : 0) : waitMinutes(flags.wait);
  const events = waitForActivation(target.org, {
    key,
    callbackUrl: config.setup.app.callbackUrl,
    waitMs: minutes * 60_000,
    signal: context.signal,
  });
  const progress = await startProgress(context.terminal);
  try {
    for (;;) {
      const next = await events.next();
      if (next.done === true) return activationWarnings[next.value];
      progress.update(
        `Waiting for the new app to become active (2 to 10 minutes; ${Math.round(next.value.elapsedMs / 1000)} s so far)`,
      );
    }
  } catch (error) {
    if (error instanceof OpencxError && error.code === 'INTERRUPTED') return activationWarnings['still-activating'];
    throw error;
  } finally {
    progress.stop();
  }
}

const activationWarnings: Record<Activation, string[]> = {
  active: [],
  'still-activating': ['The new app is still activating: OpenCX cannot log in yet; Salesforce takes 2 to 10 minutes.'],
  'redirect-uri-mismatch': ['Salesforce does not know the callback URL of OpenCX for this app.'],
  unknown: ['Whether the new app is active could not be seen; a login that fails may work some minutes later.'],
};

/** The fields of the dashboard, in its order and by its names. */
function dashboardText({ key, secret }: Credentials, url: string): string {
  return [
    'OpenCX → Settings → Integrations → Salesforce → Email',
    `Client ID:      ${key}`,
    `Client Secret:  ${secret}`,
    `Login URL:      ${url}`,
    'Redirect URI:   leave it as it is',
  ].join('\n');
}

/** @throws OpencxError OUTPUT_REFUSED, before anything is written, if the file could not be in the end */
export async function checkHandOverFile(cwd: string, file: string | undefined): Promise<void> {
  if (file === undefined) return;
  const path = resolve(cwd, file);
  try {
    await access(`${dirname(path)}/.`, constants.W_OK);
  } catch (error) {
    throw new OpencxError('OUTPUT_REFUSED', {
      message: `--hand-over ${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
      nextSteps: ['Name a file in a folder that exists and can be written.'],
      cause: error,
    });
  }
}

/** @throws OpencxError USAGE if a secret were to be read with nobody there to take it */
export function refuseUnheardCredentials({ terminal }: CommandContext, flags: SetupWriteFlags): void {
  if (flags.credentials !== true || flags.handOver !== undefined || terminal.mayPrompt) return;
  throw new OpencxError('USAGE', {
    message: '--credentials reads a secret, and nobody is there to be shown it.',
    nextSteps: ['Add --hand-over FILE: it is written into that file, which you alone can read.'],
  });
}
