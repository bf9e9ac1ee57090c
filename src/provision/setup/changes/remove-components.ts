import { packageXml } from '../../../blueprint/layouts.ts';
import type { DeployApexEvent } from '../../deploy/deploy-outcome.ts';
import { readOriginals, type Original } from '../destroy/originals.ts';
import type { Change } from '../plan/change.ts';
import type { ChangeContext } from './change-context.ts';
import { submitPackage } from './submit-package.ts';

/**
 * Deletes components and puts back what stood in their place, in one deployment: it goes through as a whole or not at all.
 * In production the org's default tests run, which Salesforce asks for wherever Apex changes; elsewhere none.
 */
export async function* removeComponents(
  context: ChangeContext,
  { components, restored }: Extract<Change, { kind: 'remove-components' }>,
): AsyncGenerator<DeployApexEvent, void> {
  const { org, stateFolder } = context;
  const names = new Set(restored);
  const originals = (await readOriginals(stateFolder, org.identity.id)).filter((one) =>
    names.has(`${one.type} ${one.fullName}`),
  );
  const apex = originals.filter(({ files }) => files.length > 0);
  const files = new Map([['package.xml', packageXml({ apiVersion: org.apiVersion, components: apex })]]);
  // Afterwards, so that what is put back may take the place of what refers to the deleted.
  if (components.length > 0)
    files.set('destructiveChangesPost.xml', packageXml({ apiVersion: org.apiVersion, components }));
  for (const { path, content } of apex.flatMap((one) => one.files)) files.set(path, content);
  if (files.size > 1) {
    yield* submitPackage(context, files, org.identity.kind === 'production' ? {} : { testLevel: 'NoTestRun' });
  }
  for (const original of originals) if (original.values !== undefined) await putBack(context, original);
}

/** Metadata of which the snapshot holds the values alone; planned only where SOAP can be spoken. */
async function putBack({ org }: ChangeContext, { type, fullName, values }: Original): Promise<void> {
  await org.saveMetadata('update', type, { fullName, ...values }, `putting back ${type} ${fullName}`);
}
