import type { Blueprint } from '../../blueprint/blueprint.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import type { Org } from '../../salesforce/org.ts';
import { checkedId, latestDeploy, recallDeploy } from './deploy-journal.ts';
import type { DeployApexEvent, DeployOutcome } from './deploy-outcome.ts';
import { withBasesKept } from './deployed-base.ts';
import { followDeploy, type FollowOptions } from './follow-deploy.ts';

export interface ResumeOptions extends Pick<FollowOptions, 'waitMs' | 'signal'> {
  stateFolder: string;
}

/**
 * Takes up a deployment again, from this machine or another: the org knows it. What this folder remembers of it tells
 * which components to read back.
 * @param id `0Af…`; undefined for the latest one this folder remembers
 * @param blueprint undefined where its inputs were not given: then nothing is read back
 * @throws OpencxError MISSING_INPUT if no id is given and none is remembered
 */
export async function* resumeDeploy(
  org: Org,
  id: string | undefined,
  blueprint: Blueprint | undefined,
  options: ResumeOptions,
): AsyncGenerator<DeployApexEvent, DeployOutcome> {
  yield { kind: 'org', org: org.identity, apiVersion: org.apiVersion };
  const record =
    id === undefined
      ? await latestDeploy(options.stateFolder, org.identity.id)
      : await recallDeploy(options.stateFolder, id);
  const wanted = id ?? record?.id;
  if (wanted === undefined) {
    throw new OpencxError('MISSING_INPUT', {
      message: `This folder remembers no deployment into ${org.identity.name} (${org.identity.id}).`,
      nextSteps: ['Give its id: --resume 0Af…; Setup → Deployment Status in the org shows it.'],
    });
  }
  const remembered = record?.components ?? [];
  const edited = new Set(record?.edited);
  const sent = remembered.length === 0 ? undefined : new Set(remembered.filter((one) => !edited.has(one)));
  const readBack =
    blueprint === undefined || sent === undefined
      ? blueprint
      : { ...blueprint, components: blueprint.components.filter((one) => sent.has(`${one.type} ${one.fullName}`)) };
  yield { kind: 'submitted', id: checkedId(wanted), recovered: false, protocol: 'rest' };
  const outcome = yield* followDeploy(org, checkedId(wanted), 'rest', {
    waitMs: options.waitMs,
    switchedOff: record?.switchedOff ?? [],
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    ...(readBack === undefined ? {} : { blueprint: readBack }),
    ...(record?.snapshot === undefined ? {} : { snapshot: record.snapshot }),
  });
  return await withBasesKept(org, outcome, readBack?.components ?? [], options.stateFolder);
}
