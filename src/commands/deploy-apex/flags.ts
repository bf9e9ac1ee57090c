import type { CommonFlags } from '../common-options.ts';
import type { ConsentFlags } from '../consent.ts';
import type { TargetFlags } from '../target/target-options.ts';

export interface DeployApexFlags extends CommonFlags, TargetFlags, ConsentFlags {
  replyTo?: string;
  integrationUser?: string;
  webhookUrl?: string;
  orgWideEmail?: string;
  dryRun?: boolean;
  validate?: boolean;
  quick?: string;
  async?: boolean;
  wait?: string;
  /** `true` for the latest one of this folder. */
  resume?: string | true;
  cancel?: string;
  testLevel?: 'NoTestRun' | 'RunSpecifiedTests' | 'RunLocalTests' | 'RunAllTestsInOrg';
  tests: boolean;
  transport?: 'metadata' | 'tooling';
  only?: string[];
  force?: boolean;
  deactivate?: string[];
  keep?: string[];
  junit?: string;
}
