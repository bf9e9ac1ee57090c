import { packageVersion } from '../../version.ts';
import { directionOf } from '../export/direction.ts';
import { sessionEventNames, sessionInputs } from '../session/session-event.ts';
import type { DataPorts, InspectedOrg } from './data-ports.ts';
import type { LinkHealth, ServeNews } from './serve-news.ts';
import type { LinkShown, StatusShown } from './shown-schema.ts';

/** How everything is doing, and what the page can do. */
export async function status(ports: DataPorts): Promise<StatusShown> {
  const { store, health, contract, news, org } = ports;
  const counts = await health.tried('read', () => store.counts());
  const own = [...sessionInputs, ...sessionEventNames].map((name) => ({ name, wire: name }));
  const webhooks = Object.entries(contract.events).map(([name, wire]) => ({ name, wire }));
  return {
    version: packageVersion(),
    names: [...webhooks, ...own].map((one) => ({ ...one, direction: directionOf(one.name) })),
    ...(counts === undefined ? {} : { counts }),
    links: [
      linkShown('store', 'store', news.store()),
      ...orgLinks(org, news),
      ...streamLinks(news),
      ...farSides(org, news),
    ],
    can: {
      fire: ports.takeWebhook !== undefined,
      save: ports.fixturesFolder !== undefined,
      opencx: ports.opencx !== undefined,
    },
  };
}

/** Salesforce is shown before anything was carried to it. */
function orgLinks(org: InspectedOrg | undefined, news: ServeNews): LinkShown[] {
  const known = new Map(news.farSides().map((link) => [link.name, link]));
  return placesOf(org).map(({ origin, role }) => linkShown(role, origin, known.get(origin)));
}

function streamLinks(news: ServeNews): LinkShown[] {
  const health = news.streams();
  return health === undefined ? [] : [linkShown('streams', health.name, health)];
}

/** The others: what events are forwarded to, and callbacks. */
function farSides(org: InspectedOrg | undefined, news: ServeNews): LinkShown[] {
  const ofOrg = new Set(placesOf(org).map(({ origin }) => origin));
  return news
    .farSides()
    .filter(({ name }) => !ofOrg.has(name))
    .map((link) => linkShown('far-side', link.name, link));
}

function placesOf(org: InspectedOrg | undefined): { origin: string; role: 'salesforce' | 'messaging' }[] {
  const places = [
    { url: org?.url, role: 'salesforce' as const },
    { url: org?.messagingUrl, role: 'messaging' as const },
  ];
  return places.flatMap(({ url, role }) => {
    const origin = URL.parse(url ?? '')?.origin;
    return origin === undefined ? [] : [{ origin, role }];
  });
}

/** @param health undefined if it was not tried yet */
function linkShown(role: LinkShown['role'], name: string, health: LinkHealth | undefined): LinkShown {
  const failing = health?.failing;
  return { role, name, isTried: health !== undefined, ...(failing === undefined ? {} : { failing }) };
}
