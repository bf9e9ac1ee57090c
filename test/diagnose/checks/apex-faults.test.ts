import { describeFaults } from './fault-table.ts';
import { apexFaults } from './apex-faults.ts';

describeFaults('Apex and webhook', apexFaults);
