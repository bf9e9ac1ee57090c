import type { CommonFlags } from '../common-options.ts';
import type { ConsentFlags } from '../consent.ts';
import type { TargetFlags } from '../target/target-options.ts';

export interface UpgradeFlags extends CommonFlags, TargetFlags, ConsentFlags {
  replyTo?: string;
  integrationUser?: string;
  webhookUrl?: string;
  orgWideEmail?: string;
  apply?: boolean;
  take?: 'new' | 'org';
  takeNew?: string[];
  keep?: string[];
  wait?: string;
  testLevel?: 'NoTestRun' | 'RunSpecifiedTests' | 'RunLocalTests' | 'RunAllTestsInOrg';
  tests: boolean;
}
