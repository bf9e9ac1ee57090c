import { argv, stdout } from 'node:process';

import { startLocalOrg } from '../../../src/local-org/start-local-org.ts';

// A local org in a process of its own, for tests that kill it: tells its URL and a token, and lingers over deployments.
const [, , dataDir = '', componentMs = '0'] = argv;
const org = await startLocalOrg({ dataDir });
org.state.settings.deployPace = { queueMs: 0, componentMs: Number(componentMs) };
stdout.write(`${JSON.stringify({ url: org.url, token: org.issueAccessToken() })}\n`);
