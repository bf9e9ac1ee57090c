/** What the templates of Live Messaging see. */
export interface MessagingTemplateContext {
  apiVersion: string;
  deployment: string;
  channel: string;
  keyset: string;
  flow: string;
  queue: { name: string; label: string; members: readonly string[]; hasMembers: boolean };
  /** Name of the routing configuration that the queue needs to be offered to Route Work at all. */
  queueRouting: string;
  permissionSetLabel: string;
  sessionIdField: string;
  /** Input variable of the flow that the field is filled from. */
  sessionIdVariable: string;
  parameters: readonly ChannelParameter[];
}

/** A routing attribute on its way: key, parameter of the channel and input variable of the flow have one name. */
export interface ChannelParameter {
  name: string;
  label: string;
  /** Longest value, in characters. */
  maxLength: number;
}
