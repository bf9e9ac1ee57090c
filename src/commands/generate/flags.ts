import type { CommonFlags } from '../common-options.ts';

export interface GenerateFlags extends CommonFlags {
  outputDir?: string;
  format: 'source' | 'mdapi';
  check?: boolean;
  force?: boolean;
  replyTo?: string;
  integrationUser?: string;
  webhookUrl?: string;
  orgWideEmail?: string;
}
