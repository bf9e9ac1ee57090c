import type { MessagingFlags } from '../access/flags.ts';

export interface MessagingTokenFlags extends MessagingFlags {
  sub: string;
  claims?: string[];
  anonymous?: boolean;
  reveal?: boolean;
}
