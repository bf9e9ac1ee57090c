import type { ConsentFlags } from '../../consent.ts';
import type { MessagingFlags } from '../../messaging/access/flags.ts';

export interface VerifyMessagingFlags extends MessagingFlags, ConsentFlags {
  sub?: string;
  wait?: string;
}
