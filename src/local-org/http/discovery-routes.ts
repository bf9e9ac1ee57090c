import type { RouteRegistrant } from './route.ts';
import { offeredVersions } from './session-guard.ts';

/** Release names of the versions facts know; the others follow the same three-a-year order. */
const SEASONS = ['Summer', 'Winter', 'Spring'];

const RESOURCES = ['tooling', 'metadata', 'query', 'queryAll', 'sobjects', 'limits', 'composite'];

/** `/services/data` (no session needed) and the list of resources of a version. */
export const registerDiscoveryRoutes: RouteRegistrant = (app, org) => {
  app.get('/services/data', (c) =>
    c.json(
      offeredVersions(org.settings.apiVersion).map((version) => ({
        label: releaseName(Number(version)),
        url: `/services/data/v${version}`,
        version,
      })),
    ),
  );
  app.get('/services/data/:version', (c) => {
    const base = `/services/data/${c.req.param('version')}`;
    const identity = `${org.baseUrl()}/id/${org.settings.organizationId}/${c.get('session').userId}`;
    return c.json({ ...Object.fromEntries(RESOURCES.map((name) => [name, `${base}/${name}`])), identity });
  });
};

/** v68.0 is Winter '27, v67.0 Summer '26, v66.0 Spring '26: three a year. */
function releaseName(version: number): string {
  const index = version - 31;
  const season = SEASONS[index % 3] ?? 'Summer';
  const year = 14 + Math.floor(index / 3) + (season === 'Summer' ? 0 : 1);
  return `${season} '${year}`;
}
