import type { OpencxError } from '../../errors/opencx-error.ts';
import type { OrgIdentity } from '../../salesforce/org.ts';
import type { ComponentMessage, DeployStatus } from '../../salesforce/metadata/deploy-status.ts';
import type { DeployEvent } from '../../salesforce/metadata/watch-deploy.ts';
import type { RivalTrigger } from '../plan/hand-made.ts';
import type { DeployPlan } from '../plan/plan.ts';
import type { ReadBack } from './read-back.ts';

/** What is told while a deployment is prepared, runs and is read back. */
export type DeployApexEvent =
  | { kind: 'org'; org: OrgIdentity; apiVersion: string }
  | { kind: 'reading' }
  | { kind: 'plan'; plan: DeployPlan }
  | { kind: 'snapshot'; folder: string }
  | { kind: 'kept-rival'; rival: RivalTrigger }
  | { kind: 'submitted'; id: string; recovered: boolean; protocol: 'rest' | 'soap' }
  | DeployEvent
  | { kind: 'reading-back' };

/** Why a deployment is left running; the org goes on with it in every case. */
export type LeftRunning =
  | { reason: 'async' }
  | { reason: 'wait-over'; waitedMs: number }
  | { reason: 'interrupted' }
  | { reason: 'lost-contact'; code: string; message: string }
  | { reason: 'refused'; error: OpencxError };

/** How the command ended. Expected ends are data; only what nobody expected is thrown. */
export type DeployOutcome =
  | { kind: 'unchanged'; plan: DeployPlan }
  | { kind: 'planned'; plan: DeployPlan }
  | {
      kind: 'succeeded';
      id?: string;
      status?: DeployStatus;
      messages: ComponentMessage[];
      snapshot?: string;
      readBack?: ReadBack;
      plan?: DeployPlan;
    }
  | { kind: 'validated'; id: string; status: DeployStatus; quickDeployable: boolean }
  | {
      kind: 'failed';
      id?: string;
      status?: DeployStatus;
      reasons: string[];
      messages: ComponentMessage[];
      snapshot?: string;
    }
  | { kind: 'canceled'; id: string; status: DeployStatus }
  | { kind: 'left-running'; id: string; status: DeployStatus | undefined; left: LeftRunning };
