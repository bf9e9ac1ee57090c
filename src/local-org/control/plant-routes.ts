import { jsonObject } from '../http/json-body.ts';
import { RestError } from '../http/rest-error.ts';
import type { RouteRegistrant } from '../http/route.ts';
import { plantLog } from './plant/plant-log.ts';
import { plantRecord, replantRecord } from './plant/plant-record.ts';

/**
 * History in the control API: rows as nobody could save them, with the times and authors that a story needs, and debug
 * logs. Stands behind the guard of `control-routes.ts`.
 */
export const registerPlantRoutes: RouteRegistrant = (app, org) => {
  app.post('/_local/records/:sobject', async (c) =>
    c.json(plantRecord(org, c.req.param('sobject'), await jsonObject(c)), 201),
  );
  app.patch('/_local/records/:sobject/:id', async (c) => {
    const { sobject, id } = c.req.param();
    return c.json(replantRecord(org, sobject, id, await jsonObject(c)));
  });
  app.post('/_local/logs', async (c) => {
    const { readPlantedLog } = await import('./plant/plant-requests.ts');
    const { problem, value } = readPlantedLog(await jsonObject(c));
    if (value === undefined) throw new RestError(400, 'INVALID_REQUEST', problem);
    return c.json({ id: plantLog(org, value) }, 201);
  });
};
