import type { MessagingFlags } from '../access/flags.ts';

export interface MessagingChatFlags extends MessagingFlags {
  sub: string;
  anonymous?: boolean;
  name?: string;
  attr?: string[];
  wait: string;
}
