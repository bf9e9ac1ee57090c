// What the data API of the inspector answers, and what the page keeps of it. Times are ISO 8601 but for what fails: that is
// milliseconds since 1970.

export type Headers = readonly (readonly [name: string, value: string])[];

/** Text, or base64 of what is none. */
export interface Body {
  readonly body?: string;
  readonly bodyBase64?: string;
}

export interface Failing {
  readonly since: number;
  readonly reason: string;
}

export interface Delivery {
  readonly id: string;
  readonly target: string;
  readonly state: string;
  readonly attempts: number;
  /** Of one that waits. */
  readonly nextAttemptAt?: string;
  /** Id of the replay that arrived in its place. */
  readonly replacedBy?: string;
}

export interface Summary {
  readonly id: string;
  readonly sequence: number;
  readonly receivedAt: string;
  /** On the wire. */
  readonly event: string;
  readonly caseId: string;
  readonly caseNumber?: string;
  readonly caseSubject?: string;
  readonly deliveryId: string;
  readonly duplicates: number;
  readonly bytes: number;
  readonly replayOf?: string;
  readonly state: string;
  readonly deliveries: readonly Delivery[];
}

export interface Attempt {
  readonly startedAt: string;
  readonly endedAt: string;
  readonly request: { readonly method: string; readonly url: string; readonly headers: Headers };
  readonly response?: { readonly status: number; readonly headers: Headers } & Body;
  readonly failure?: string;
}

export interface DeliveryHistory extends Delivery {
  readonly history: readonly Attempt[];
}

export interface EventDetail extends Omit<Summary, 'deliveries'>, Body {
  readonly headers: Headers;
  readonly deliveries: readonly DeliveryHistory[];
}

export interface Rejection extends Body {
  readonly id: string;
  readonly receivedAt: string;
  readonly status: number;
  readonly reason: string;
  readonly headers: Headers;
}

export interface Status {
  readonly version: string;
  /** Names on the wire by contract name. */
  readonly events: Readonly<Record<string, string>>;
  /** Absent if the store cannot say. */
  readonly counts?: Readonly<Record<string, number>>;
  readonly store: { readonly failing?: Failing };
  readonly farSides: readonly { readonly name: string; readonly failing?: Failing }[];
}

export type View = 'all' | 'dead' | 'refused';

export interface State {
  view: View;
  status: Status | undefined;
  /** The newest first. */
  events: readonly Summary[];
  /** Whether there are older ones. */
  more: boolean;
  rejections: readonly Rejection[];
  /** Whether the list has been read since the view or the filters changed. */
  isRead: boolean;
  /** Id of what is shown beside the list. */
  openId: string | undefined;
  opened: EventDetail | undefined;
}

/** What a person can do with the event that is open. */
export interface EventActions {
  readonly replay: () => void;
  readonly edit: () => void;
  readonly copyCurl: () => void;
  readonly saveHar: () => void;
  readonly saveBody: () => void;
  readonly copy: (text: string) => void;
}
