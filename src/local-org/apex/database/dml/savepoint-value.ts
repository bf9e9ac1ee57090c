import type { Savepoint } from '../../../state/org-state.ts';
import { platformType } from '../../platform/platform.ts';
import { ApexValue } from '../../values/value.ts';

/** What `Database.setSavepoint()` gives. */
export class SavepointValue extends ApexValue {
  readonly type = platformType('System.Savepoint');
  readonly savepoint: Savepoint;

  constructor(savepoint: Savepoint) {
    super();
    this.savepoint = savepoint;
  }
}
