import { systemClock } from '../../../src/clock.ts';
import { configSchema, type Config } from '../../../src/config/config-schema.ts';
import type { HandoffOptions } from '../../../src/diagnose/handoff/handoff-run.ts';
import { readHandoffPeople } from '../../../src/diagnose/handoff/people.ts';
import { runHandoff } from '../../../src/diagnose/handoff/run-handoff.ts';
import type { HandoffEvent, HandoffOutcome, StageId } from '../../../src/diagnose/handoff/stage.ts';
import { openOrg, type Org } from '../../../src/salesforce/org.ts';
import { handoffStage, integrationUser, type HandoffStage } from '../../e2e/handoff/handoff-stage.ts';

/** A set-up org and how a handoff in it is run without the command. */
export interface DomainHandoff {
  stage: HandoffStage;
  config: Config;
  /** A session of a user of the org. */
  sessionOf: (username?: string) => Promise<Org>;
  /** @param onEvent called with each event before the next is asked for */
  run: (
    changes?: Partial<HandoffOptions>,
    onEvent?: (event: HandoffEvent) => Promise<void> | void,
  ) => Promise<HandoffOutcome>;
}

/** What each stage came to, by its id. */
export function statuses({ reports }: Pick<HandoffOutcome, 'reports'>): Record<string, string> {
  return Object.fromEntries(reports.map(({ id, status }) => [id, status]));
}

/** What a stage said and showed, in one text. */
export function told({ reports }: Pick<HandoffOutcome, 'reports'>, id: StageId): string {
  const report = reports.find((one) => one.id === id);
  return [report?.detail, ...(report?.evidence ?? [])].join('\n');
}

export async function handoffOf(blueprint: Record<string, unknown> = {}): Promise<DomainHandoff> {
  const stage = await handoffStage({ blueprint });
  const config = configSchema.parse({
    blueprint: { replyTo: 'support@example.com', integrationUsername: integrationUser, ...blueprint },
  });
  const sessionOf: DomainHandoff['sessionOf'] = async (username) => {
    const { accessToken } = (await stage.org.control(
      'POST',
      '/sessions',
      username === undefined ? {} : { username },
    )) as {
      accessToken: string;
    };
    const session = { instanceUrl: stage.org.running.url, accessToken, source: 'access-token' } as const;
    return await openOrg(session, { clock: systemClock, preferredApiVersion: '66.0' });
  };
  return {
    stage,
    config,
    sessionOf,
    run: async (changes = {}, onEvent = () => undefined) => {
      const org = changes.org ?? (await sessionOf());
      const events = runHandoff({
        org,
        config,
        people: await readHandoffPeople(org, integrationUser),
        ports: {},
        to: 'me@example.com',
        waitMs: 0,
        patienceMs: 20_000,
        keep: false,
        ...changes,
      });
      for await (const event of events) {
        if (event.kind === 'end') return event.outcome;
        await onEvent(event);
      }
      throw new Error('the handoff has no end');
    },
  };
}
