import type { HandoffRun } from '../handoff-run.ts';
import { skipped, type StageEnd } from '../../timeline/stage.ts';

/** What the integration user does is OpenCX's own doing and is not reported: a person is needed. */
export function openCxActs({ people }: HandoffRun): StageEnd {
  return skipped(`this session is ${people.me.username}, whose doings are OpenCX's own and not reported`, {
    remedy: [
      {
        text: 'Run it once more, logged in as an administrator.',
        command: 'opencx-sf verify handoff --target-org <login of an administrator>',
      },
    ],
  });
}
