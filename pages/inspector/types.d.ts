// What the data API of the inspector answers, and what the page keeps of it. Times are ISO 8601 but for what fails: that is
// milliseconds since 1970.

export type Headers = readonly (readonly [name: string, value: string])[];

/** Text, or base64 of what is none. */
export interface Body {
  readonly body?: string;
  readonly bodyBase64?: string;
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

export type Direction = 'from-salesforce' | 'from-opencx' | 'told';

export interface Summary {
  readonly id: string;
  readonly sequence: number;
  readonly receivedAt: string;
  readonly direction: Direction;
  /** On the wire. */
  readonly event: string;
  readonly caseId?: string;
  readonly caseNumber?: string;
  readonly caseSubject?: string;
  readonly sessionId?: string;
  /** Of an event of a session: subject, text or reason, cut short. */
  readonly about?: string;
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
  /** Ids of the sessions whose Case it is. */
  readonly sessions: readonly string[];
  /** Page of the Case in the org. */
  readonly caseLink?: string;
}

export interface Rejection extends Body {
  readonly id: string;
  readonly receivedAt: string;
  readonly status: number;
  readonly reason: string;
  readonly headers: Headers;
}

export interface Session {
  readonly id: string;
  readonly channel: string;
  readonly origin: 'handoff' | 'case';
  readonly state: string;
  readonly contact: { readonly id?: string; readonly name?: string; readonly email?: string };
  readonly subject?: string;
  readonly language?: string;
  readonly callback?: string;
  readonly caseId?: string;
  readonly caseNumber?: string;
  readonly contactId?: string;
  readonly conversationId?: string;
  readonly messagingSessionId?: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface EventEntry {
  readonly kind: 'event';
  readonly at: string;
  readonly event: Summary;
}

export interface AttemptEntry {
  readonly kind: 'attempt';
  readonly at: string;
  readonly eventId: string;
  readonly event: string;
  readonly target: string;
  readonly nth: number;
  readonly tookMs: number;
  readonly status?: number;
  readonly failure?: string;
}

export interface SessionDetail {
  readonly session: Session;
  /** Pages in the org. */
  readonly links: { readonly case?: string; readonly contact?: string; readonly messagingSession?: string };
  readonly timeline: readonly (EventEntry | AttemptEntry)[];
  /** Whether older ones are left out. */
  readonly more: boolean;
}

/** One thing that was said or done, as OpenCX keeps it. */
export interface OpencxItem {
  readonly at?: string;
  readonly type: string;
  readonly sender?: string;
  readonly text?: string;
}

/** What OpenCX has of a session. */
export interface OpencxHistory {
  readonly isKnown: boolean;
  readonly items: readonly OpencxItem[];
  /** There is more than was read. */
  readonly truncated: boolean;
}

/** How far the reading of it has come. */
export interface OpencxReading {
  readonly isReading: boolean;
  readonly problem?: string;
  /** Of the last reading that came to an end. */
  readonly history?: OpencxHistory;
}

export interface Fixture {
  readonly name: string;
  readonly saved: boolean;
  readonly body: Readonly<Record<string, unknown>>;
  /** Keys that are made anew whenever it is fired. */
  readonly made: readonly string[];
}

export interface Link {
  readonly role: 'store' | 'salesforce' | 'messaging' | 'streams' | 'far-side';
  readonly name: string;
  readonly isTried: boolean;
  readonly failing?: { readonly since: number; readonly reason: string };
}

export interface Status {
  readonly version: string;
  readonly names: readonly { readonly name: string; readonly wire: string; readonly direction: Direction }[];
  /** Absent if the store cannot say. */
  readonly counts?: Readonly<Record<string, number>>;
  readonly links: readonly Link[];
  /** What can be done here beyond looking. */
  readonly can: { readonly fire: boolean; readonly save: boolean; readonly opencx: boolean };
}

export type ViewName = 'all' | 'sessions' | 'dead' | 'refused' | 'fixtures' | 'links';

/** A line of the list. */
export interface Row {
  readonly id: string;
  readonly title: string;
  readonly pill: { readonly text: string; readonly kind: string };
  readonly subject: string;
  readonly notes: readonly string[];
  readonly direction?: Direction;
  readonly at?: string;
}

/** A page of a list. */
export interface ListPage<Item> {
  readonly items: readonly Item[];
  /** `before` of the page that follows; absent of the last. */
  readonly next?: string;
}

/** What can be looked at: a list, and beside it the one that is open. */
export interface View<Item, Opened> {
  /** Names of the fields of the filter; the first is the search. */
  readonly filters: readonly string[];
  readonly searchLabel?: string;
  /** What the query says beside the filters. */
  readonly fixed: Readonly<Record<string, string>>;
  readonly list: (query: URLSearchParams) => Promise<ListPage<Item>>;
  readonly row: (item: Item) => Row;
  /** @returns undefined if there is none */
  readonly open: (id: string) => Promise<Opened | undefined>;
  /** Whether what is open is to be read again, since these events have changed. */
  readonly isTouched: (openId: string, change: Change) => boolean;
  /** What is shown of it, beside itself. */
  readonly model: (opened: Opened) => unknown;
  readonly nodes: (opened: Opened, context: Context) => Node[];
  readonly empty: () => Node[];
  readonly canSaveHar: boolean;
}

/** What has changed since the last time. */
export interface Change {
  readonly events: readonly string[];
  /** More than these. */
  readonly all: boolean;
}

export interface State {
  view: ViewName;
  status: Status | undefined;
  /** The newest first. */
  items: readonly unknown[];
  /** Whether there are older ones. */
  more: boolean;
  /** Whether the list has been read since the view or the filters changed. */
  isRead: boolean;
  /** Id of what is shown beside the list. */
  openId: string | undefined;
  opened: unknown;
}

/** What a person can do from what is open. */
export interface Context {
  readonly view: ViewName;
  readonly can: Status['can'];
  readonly actions: Actions;
}

export interface Actions {
  readonly replay: () => void;
  readonly edit: () => void;
  readonly copyCurl: () => void;
  readonly saveHar: () => void;
  readonly saveBody: () => void;
  readonly copy: (text: string) => void;
  /** Keeps a webhook's body under a name that is asked for. */
  readonly saveFixture: (body: Readonly<Record<string, unknown>>) => void;
  /** Runs a task; what goes wrong is said on the page. */
  readonly attempt: (task: () => Promise<void>) => void;
  /** Shows another address of this page. */
  readonly go: (view: ViewName, id?: string) => void;
  readonly say: (text: string) => void;
  /** Reads again what is open, and the list. */
  readonly readAgain: () => void;
  /** Shows again what was read. */
  readonly showAgain: () => void;
}
