import type { CommonFlags } from '../common-options.ts';
import type { TargetFlags } from '../target/target-options.ts';

export interface UpgradeFlags extends CommonFlags, TargetFlags {
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
  yes?: boolean;
  confirmOrg?: string;
}
