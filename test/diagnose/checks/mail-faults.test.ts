import { describeFaults } from './fault-table.ts';
import { mailFaults } from './mail-faults.ts';

describeFaults('mail', mailFaults);
