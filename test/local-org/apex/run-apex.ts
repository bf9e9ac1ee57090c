import { openOrgState } from '../../../src/local-org/state/open-org.ts';
import type { OrgState } from '../../../src/local-org/state/org-state.ts';
import { apexSourceOrg } from './apex-source-org.ts';
import { runAnonymous } from '../../../src/local-org/apex/run-anonymous.ts';

/** Apex that is there before the anonymous block runs, by name. */
export interface RunApexOptions {
  readonly classes?: Readonly<Record<string, string>>;
  readonly triggers?: Readonly<Record<string, string>>;
  /** An org to run in; absent: a new one in memory. */
  readonly org?: OrgState;
}

/** What anonymous Apex threw and did not catch; `message` is `System.X: …`. */
export class ApexFailure extends Error {
  readonly stackTrace: string;

  constructor(message: string, stackTrace: string) {
    super(message);
    this.stackTrace = stackTrace;
  }
}

const debugLine = /\|USER_DEBUG\|\[\d+\]\|[A-Z]+\|/;

/** The texts of a log's USER_DEBUG lines; a text may have several lines. */
export function debugTexts(log: string): string[] {
  const texts: string[] = [];
  let isOpen = false;
  for (const line of log.split('\n')) {
    const match = debugLine.exec(line);
    if (match !== null) {
      texts.push(line.slice(match.index + match[0].length));
      isOpen = true;
    } else if (/^\d\d:\d\d:\d\d\.\d+ \(\d+\)\|/.test(line)) isOpen = false;
    else if (isOpen) texts.push(`${texts.pop() ?? ''}\n${line}`);
  }
  return texts;
}

/**
 * Runs anonymous Apex in an org and gives the texts of its `System.debug` calls.
 * @throws ApexFailure what it did not catch; Error with the compile problem
 */
export async function runApex(source: string, options: RunApexOptions = {}): Promise<string[]> {
  const opened = options.org === undefined ? openOrgState() : undefined;
  const org = options.org ?? opened?.state;
  if (org === undefined) throw new Error('There is no org.');
  try {
    await apexSourceOrg(org, options);
    const result = await runAnonymous(org, {
      source,
      userId: org.settings.adminUserId,
      apiVersion: org.settings.apiVersion,
      debugLevels: { ApexCode: 'FINEST' },
    });
    if (!result.compiled) throw new Error(`${result.line}:${result.column} ${result.compileProblem ?? ''}`);
    if (!result.success) throw new ApexFailure(result.exceptionMessage ?? '', result.exceptionStackTrace ?? '');
    return debugTexts(result.log ?? '');
  } finally {
    opened?.close();
  }
}
