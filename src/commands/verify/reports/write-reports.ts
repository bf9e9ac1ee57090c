import { resolve } from 'node:path';

import { writePrivateFile, writePublicFile } from '../../../atomic-files.ts';
import type { VerifyReport } from '../../../diagnose/reports/report-input.ts';
import { OpencxError } from '../../../errors/opencx-error.ts';
import { packageVersion } from '../../../version.ts';
import type { CommandContext } from '../../command-context.ts';
import type { VerifyFlags } from '../flags.ts';
import { componentStates } from './component-states.ts';
import type { Look, VerifySession } from '../verify-session.ts';

/** One run as its reports tell it. */
export function reportOf({ target, symptom }: VerifySession, seen: Look, causes: readonly string[]): VerifyReport {
  return {
    organization: target.org.identity,
    apiVersion: target.org.apiVersion,
    productVersion: packageVersion(),
    startedAt: seen.startedAt.toISOString(),
    durationMs: seen.durationMs,
    requests: seen.requests,
    findings: seen.results,
    ...(symptom === undefined ? {} : { symptom: { id: symptom.id, title: symptom.title } }),
    causes,
  };
}

/**
 * Writes the reports that were asked for, each whole or not at all.
 * @returns what was written where, for people
 * @throws OpencxError OUTPUT_REFUSED
 */
export async function writeReports(
  context: CommandContext,
  flags: VerifyFlags,
  session: VerifySession,
  seen: Look,
  report: VerifyReport,
): Promise<string[]> {
  const { redactor } = context.terminal;
  const redacted = redactor.redactValue(report) as VerifyReport;
  const written: string[] = [];
  const put = async (
    file: string | undefined,
    what: string,
    text: () => Promise<string>,
    secret = false,
  ): Promise<void> => {
    if (file === undefined) return;
    const path = resolve(context.cwd, file);
    const content = await text();
    try {
      await (secret ? writePrivateFile : writePublicFile)(path, content);
    } catch (error) {
      throw new OpencxError('OUTPUT_REFUSED', {
        message: `${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
        nextSteps: ['Name a file in a folder that can be written.'],
        cause: error,
      });
    }
    written.push(`${what}: ${path}`);
  };
  await put(flags.junit, 'JUnit report', async () => {
    const { junitReport } = await import('../../../diagnose/reports/junit.ts');
    return junitReport(redacted, { strict: flags.strict === true });
  });
  await put(flags.sarif, 'SARIF report', async () => {
    const { sarifReport } = await import('../../../diagnose/reports/sarif.ts');
    return sarifReport(redacted);
  });
  await put(flags.markdown, 'Markdown report', async () => {
    const { markdownReport } = await import('../../../diagnose/reports/markdown.ts');
    return markdownReport(redacted);
  });
  await put(flags.report, 'Bundle for support', () => bundle(context, flags, session, seen, report), true);
  return written;
}

async function bundle(
  context: CommandContext,
  { sessionId, caseId, description }: VerifyFlags,
  { config }: VerifySession,
  seen: Look,
  report: VerifyReport,
): Promise<string> {
  const { supportBundle } = await import('../../../diagnose/reports/support-bundle.ts');
  const { replyTo, orgWideEmailAddress } = config.blueprint;
  return supportBundle(report, {
    createdAt: new Date(context.clock.now()).toISOString(),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    session: {
      ...(sessionId === undefined ? {} : { sessionId }),
      ...(caseId === undefined ? {} : { caseId }),
    },
    ...(description === undefined ? {} : { description }),
    components: await componentStates(seen.context),
    mailboxes: [replyTo, orgWideEmailAddress, ...config.setup.emailToCase.moreAddresses].filter(
      (one) => one !== undefined,
    ),
    redactValue: (value) => context.terminal.redactor.redactValue(value),
  });
}
