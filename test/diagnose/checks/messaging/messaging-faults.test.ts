import { describeFaults } from '../fault-table.ts';
import { buildHealthyMessagingOrg } from './healthy-messaging.ts';
import { messagingFaults } from './messaging-faults.ts';

describeFaults('Live Messaging', messagingFaults, buildHealthyMessagingOrg);
