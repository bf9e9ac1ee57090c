import { z } from 'zod';

// Only what is shown here is read, and nothing is refused for what is new: the API grows without versions. Members follow its
// OpenAPI document as it was published in 2024 and what clients read since (`ticketing_system`); which of them a session handed
// off to Salesforce has is UNCONFIRMED.

const text = z.string();

export const sessionSchema = z.object({
  id: text,
  /** `open`, `closed_resolved`, `closed_unresolved`. */
  status: text.optional(),
  channel: z.object({ type: text }).optional(),
  language: text.nullish(),
  summary: text.nullish(),
  /** There once the session was handed off. */
  handoff: z.object({ summary: text.nullish(), sentiment: text.nullish() }).nullish(),
  /** Which record of which system holds it: `id_type` is `case_id`, `conversation_id`, `ticket_id`, `conversation_sid`. */
  ticketing_system: z.object({ name: text.nullish(), external_id: text.nullish(), id_type: text.nullish() }).nullish(),
  created_at: text.nullish(),
  updated_at: text.nullish(),
});

const eventSchema = z.object({
  /** `message`, `handoff`, `ai_resolved_issue`, `human_agent_comment`, … and newer ones. */
  type: text,
  sender: z.object({ type: text }).optional(),
  content: z.object({ text: text.optional() }).optional(),
});

export const historyPageSchema = z.object({
  items: z.array(z.object({ created_at: text.nullish(), event: eventSchema })),
  /** Goes into `cursor` of the next request; null on the last page. */
  next: text.nullish(),
});

/** `message` is a list where several members of a request are unfit (NestJS). */
export const errorSchema = z.object({
  message: z.union([text, z.array(text)]).optional(),
  error: text.optional(),
});
