import type { HandoffChannel } from '../../../messaging/handoff/transcript.ts';
import type { MessagingFlags } from '../access/flags.ts';

export interface MessagingHandoffFlags extends MessagingFlags {
  transcript: string;
  session?: string;
  channel?: HandoffChannel;
  attr?: string[];
  /** `false` is --no-wait. */
  wait?: string | false;
}
