import { constants } from './apex.ts';
import type { Reading } from './reading.ts';

/** A value that is known, and who says so. */
export interface Expected {
  value: string;
  from: 'configuration' | 'Apex';
}

/** Username of the user OpenCX logs in as: the configuration's, else the one that the triggers name. */
export const integrationUsername: Reading<Expected | undefined> = {
  what: 'the configuration, else INTEGRATION_USERNAME in the triggers',
  read: async ({ config, read }) => {
    const given = config.blueprint.integrationUsername;
    if (given !== undefined) return { value: given, from: 'configuration' };
    const found = (await read(constants)).integrationUsername;
    return found === undefined ? undefined : { value: found, from: 'Apex' };
  },
};

/** The mailbox that customers answer to: the configuration's, else the one that the sender names. */
export const replyTo: Reading<Expected | undefined> = {
  what: 'the configuration, else REPLY_TO_ADDRESS in the triggers',
  read: async ({ config, read }) => {
    const given = config.blueprint.replyTo;
    if (given !== undefined) return { value: given, from: 'configuration' };
    const found = (await read(constants)).replyTo;
    return found === undefined ? undefined : { value: found, from: 'Apex' };
  },
};
