/** Why a flow ends before it has routed. What it wrote is taken back. */
export class FlowFailure extends Error {
  override readonly name: string = 'FlowFailure';
}

/** A part of a flow that the local org does not run: no fault of the flow, so that no fault path takes it. */
export class NotUnderstood extends FlowFailure {
  override readonly name = 'NotUnderstood';
}

/** Says a part that is not run by name; it is never skipped. */
export function notUnderstood(part: string): NotUnderstood {
  return new NotUnderstood(`LOCAL_ORG_NOT_IMPLEMENTED: flow element ${part}`);
}
