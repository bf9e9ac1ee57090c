import { obtainAccess } from '../../../messaging/access/obtain-access.ts';
import { durationText } from '../../timeline/duration-text.ts';
import { done, failed, skipped, type StageEnd } from '../../timeline/stage.ts';
import type { LadderRun, Rung } from '../ladder.ts';

const codeSnippet =
  'Setup → Embedded Service Deployments → the deployment → Code Snippet names Url, OrganizationId and DeveloperName.';

/** Whether the deployment is there for the world: no login is needed to ask. */
export const deploymentRung: Rung = {
  id: 'deployment',
  run: async (run) => {
    const { scrtUrl, orgId, deployment } = run.api.endpoint;
    const probe = await run.probe();
    const evidence = [`${scrtUrl}: organization ${orgId}, deployment ${deployment}`];
    if (probe.state === 'published') return done(`${deployment} answers at ${new URL(scrtUrl).host}`, { evidence });
    const remedy = [
      { text: codeSnippet },
      { text: 'Compare the six fields of OpenCX with the org.', command: 'opencx-sf messaging settings' },
      { text: 'Publish the deployment.', command: 'opencx-sf messaging register' },
    ];
    if (probe.state === 'no-host') return failed(probe.said, { evidence, remedy });
    // The path is known of third parties alone: what it does not tell, the token does.
    return skipped(`not known: ${probe.said}`, { evidence, ...(probe.state === 'unknown' ? { remedy } : {}) });
  },
};

/** Asks as OpenCX asks. An anonymous answer is the next rung's to judge: here it is one. */
export const accessTokenRung: Rung = {
  id: 'access-token',
  run: async (run) => {
    const { api, sign, org, found, signal } = run;
    const access = await obtainAccess(
      { kind: 'verified', sign, acceptAnonymous: true },
      { api, clock: org.clock },
      signal,
    );
    found.access = access;
    const { lifetimeMs, clockSkewMs } = access.facts;
    const life = lifetimeMs === undefined ? 'its lifetime cannot be read' : `valid for ${durationText(lifetimeMs)}`;
    const skew =
      clockSkewMs === undefined || Math.abs(clockSkewMs) < 5000
        ? []
        : [`clocks differ by ${durationText(Math.abs(clockSkewMs))}`];
    return done([life, ...skew].join(', '));
  },
};

/** Only the subject proves that the identity token was accepted; a bad one may be answered with an anonymous token. */
export const verifiedRung: Rung = {
  id: 'verified',
  run: async (run) =>
    withAccess(run, ({ subject, verified }) => {
      const evidence = [`subject: ${subject ?? 'none told'}`];
      if (verified) return done(subject ?? '', { evidence });
      return failed('the token is that of an anonymous contact: the identity token was not accepted', {
        evidence,
        remedy: [
          { text: 'PEM, JWK, kid and keyset have to be of one key.', command: 'opencx-sf messaging keys check' },
          {
            text: 'Issuer of the keyset and "iss" of the token have to be the same; the key active; its certificate valid.',
          },
          { text: 'Register the key on the channel of this deployment.', command: 'opencx-sf messaging register' },
        ],
      });
    }),
};

/** What the answer with the token says of deployment and channel. */
export const modesRung: Rung = {
  id: 'modes',
  run: async (run) =>
    withAccess(run, ({ deploymentType, authMode }) => {
      const evidence = [`deploymentType: ${deploymentType ?? 'not told'}`, `authMode: ${authMode ?? 'not told'}`];
      const wrong = [
        ...(deploymentType === undefined || deploymentType.toLowerCase() === 'api'
          ? []
          : [`a deployment of the type ${deploymentType}, not Custom Client (api)`]),
        ...(authMode === undefined || authMode === 'Auth' ? [] : [`a channel with the mode ${authMode}, not Auth`]),
      ];
      if (wrong.length > 0) {
        return failed(wrong.join(' and '), {
          evidence,
          remedy: [{ text: 'Set the channel to user verification.', command: 'opencx-sf messaging register' }],
        });
      }
      if (deploymentType === undefined && authMode === undefined)
        return skipped('the org does not tell them', { evidence });
      return done(`${deploymentType ?? 'type not told'}, ${authMode ?? 'mode not told'}`, { evidence });
    }),
};

function withAccess(
  { found }: LadderRun,
  judge: (facts: NonNullable<LadderRun['found']['access']>['facts']) => StageEnd,
): StageEnd {
  return found.access === undefined ? skipped('there is no access token') : judge(found.access.facts);
}
