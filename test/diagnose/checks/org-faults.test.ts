import { describeFaults } from './fault-table.ts';
import { orgFaults } from './org-faults.ts';

describeFaults('org, app and fields', orgFaults);
