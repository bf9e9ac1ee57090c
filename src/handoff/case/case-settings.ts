import type { BlueprintSettings } from '../../config/blueprint-settings.ts';

/** What the blueprint has put into the org, as far as Cases and mail of sessions are written with it. */
export interface CaseSettings {
  readonly caseFromField: string;
  readonly caseFromValue: string;
  /** Unique field of Case that holds the session. */
  readonly caseSessionField: string;
  /** Origin of new Cases, e.g. `Email`. */
  readonly origin: string;
  /** Where customers' answers go: the Email-to-Case routing address. */
  readonly replyTo: string;
  /** What mail says it is from. */
  readonly from: string;
  /** Checkbox of EmailMessage that our trigger sets in the transaction that sends; undefined where only a later job knows. */
  readonly sentField: string | undefined;
}

/**
 * @param blueprint `replyTo` is there, as in all settings that can be rendered
 * @param origin as Email-to-Case gives it to the Cases it makes
 */
export function caseSettingsOf(blueprint: BlueprintSettings, origin: string): CaseSettings {
  const { names, options, caseFromValue, replyTo = '', orgWideEmailAddress } = blueprint;
  const { caseFromField, caseSessionField, emailSentField } = names;
  const isKnownAtOnce = options.idempotency && options.emailService === 'none';
  return {
    caseFromField,
    caseFromValue,
    caseSessionField,
    origin,
    replyTo,
    from: orgWideEmailAddress ?? replyTo,
    sentField: isKnownAtOnce ? emailSentField : undefined,
  };
}
