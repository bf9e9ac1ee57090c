import type { DeliveryState } from '../store/handoff-store.ts';
import type { ServeEvent } from '../serve-event.ts';

/** What is not counted but looked up when somebody asks. */
export interface Gauges {
  /** Undefined if the store does not answer. */
  readonly deliveries: Readonly<Record<DeliveryState, number>> | undefined;
  readonly underWay: number;
  /** Conversations that this process follows. */
  readonly following: number;
  readonly farSides: ReadonlyMap<string, boolean>;
}

export interface Metrics {
  count(event: ServeEvent): void;
  /** In Prometheus' text format 0.0.4. */
  text(gauges: Gauges): string;
}

/** Upper bounds in seconds; 0.02 is what is promised of 99 of 100. */
const bounds = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1, 5];

/** Counts what `serve` tells of itself, since the process was started. */
export function openMetrics(): Metrics {
  const webhooks = new Map<string, number>();
  const attempts = new Map<string, number>();
  const buckets = bounds.map(() => 0);
  let answered = 0;
  let seconds = 0;
  let dead = 0;

  function add(counter: Map<string, number>, key: string): void {
    counter.set(key, (counter.get(key) ?? 0) + 1);
  }

  return {
    count: (event) => {
      if (event.type === 'accepted') {
        add(webhooks, labels({ outcome: 'accepted', status: '202' }));
        answered += 1;
        seconds += event.tookMs / 1000;
        bounds.forEach((bound, index) => {
          if (event.tookMs / 1000 <= bound) buckets[index] = (buckets[index] ?? 0) + 1;
        });
      }
      if (event.type === 'duplicate') add(webhooks, labels({ outcome: 'duplicate', status: '202' }));
      if (event.type === 'rejected') add(webhooks, labels({ outcome: 'rejected', status: String(event.status) }));
      if (event.type === 'attempt') add(attempts, labels({ status: String(event.status ?? 'none') }));
      if (event.type === 'dead') dead += 1;
    },
    text: ({ deliveries, underWay, following, farSides }) =>
      [
        ...family('webhooks_total', 'counter', 'Requests by what became of them.', [...webhooks]),
        ...family('webhook_accept_seconds', 'histogram', 'From the head of a request to its commit.', [
          ...bounds.map((bound, index): Sample => [labels({ le: String(bound) }), buckets[index] ?? 0, '_bucket']),
          [labels({ le: '+Inf' }), answered, '_bucket'],
          ['', seconds, '_sum'],
          ['', answered, '_count'],
        ]),
        ...family('delivery_attempts_total', 'counter', 'Attempts by the status of the response.', [...attempts]),
        ...family('deliveries_given_up_total', 'counter', 'Deliveries that ran out of attempts.', [['', dead]]),
        ...family('deliveries_under_way', 'gauge', 'Attempts that this process is making.', [['', underWay]]),
        ...family('conversations_followed', 'gauge', 'Conversations that this process follows.', [['', following]]),
        ...family(
          'deliveries',
          'gauge',
          'Deliveries in the store by state.',
          Object.entries(deliveries ?? {}).map(([state, count]) => [labels({ state }), count]),
        ),
        ...family('store_up', 'gauge', 'Whether the store answers.', [['', deliveries === undefined ? 0 : 1]]),
        ...family(
          'far_side_up',
          'gauge',
          'Whether a far side takes calls: it can be reached, and answers neither 502, 503 nor 504.',
          [...farSides].map(([target, isUp]) => [labels({ target }), isUp ? 1 : 0]),
        ),
        '',
      ].join('\n'),
  };
}

type Sample = readonly [labels: string, value: number, suffix?: string];

function family(name: string, type: string, help: string, samples: readonly Sample[]): string[] {
  const full = `opencx_sf_${name}`;
  return [
    `# HELP ${full} ${help}`,
    `# TYPE ${full} ${type}`,
    ...samples.map(([set, value, suffix = '']) => `${full}${suffix}${set} ${value}`),
  ];
}

function labels(values: Record<string, string>): string {
  const written = Object.entries(values).map(
    ([name, value]) => `${name}="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`,
  );
  return `{${written.join(',')}}`;
}
