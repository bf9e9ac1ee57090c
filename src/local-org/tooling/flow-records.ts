import { notImplemented } from '../http/rest-error.ts';
import { FLOW, versionNumberOf } from '../metadata/flows/flow-versions.ts';
import { deleteComponent } from '../metadata/save-components.ts';
import { throwFailure } from './save-failure.ts';
import { knownRecord, rowText } from './tooling-resource.ts';
import type { ToolingResource } from './tooling-resource.ts';

/** Versions of flows: read, and deleted one by one. They come by the Metadata API. */
export const flowRecords: ToolingResource = {
  create() {
    throw notImplemented('creating flows by the Tooling API: deploy them');
  },
  update() {
    throw notImplemented('changing flows by the Tooling API: deploy them');
  },
  async remove({ org }, id) {
    const row = knownRecord(org, FLOW, id);
    throwFailure(await deleteComponent(org, FLOW, `${rowText(row, 'FullName')}-${versionNumberOf(row)}`));
  },
};
