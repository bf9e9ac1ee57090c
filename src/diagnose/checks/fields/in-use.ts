import type { Check } from '../../check.ts';
import { pass, warn } from '../../finding.ts';
import { handoffsByDay } from '../../readings/traffic.ts';

export const inUse: Check = {
  id: 'fields.in-use',
  title: 'OpenCX creates Cases',
  group: 'fields',
  why: 'The count of handoffs by day shows when they stopped: the day on which something was changed.',
  mending: 'Hand a session over in OpenCX, or opencx-sf verify handoff; then look at the first check that fails.',
  requires: ['fields.case-from', 'fields.visible-to-reps'],
  reads: [handoffsByDay],
  run: async ({ read, drawn }) => {
    const days = await read(handoffsByDay);
    const total = days.reduce((sum, { count }) => sum + count, 0);
    const data = { days, total };
    const mark = `${drawn.settings.names.caseFromField} = '${drawn.settings.caseFromValue}'`;
    if (total === 0) {
      return warn(`No Case with ${mark} in 30 days.`, {
        data,
        remedy: [{ text: 'Make one as a test', command: 'opencx-sf verify handoff' }],
      });
    }
    const last = days.at(-1);
    return pass(`${total} in 30 days, the last on ${last?.day ?? ''}`, {
      data,
      evidence: days.slice(-7).map(({ day, count }) => `${day}  ${count}`),
    });
  },
};
