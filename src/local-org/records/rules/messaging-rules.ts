import { notImplemented } from '../../http/rest-error.ts';
import type { ObjectRules } from './object-rules.ts';

/** Fields of a channel that records may change: what else it is, its metadata says. */
const OWN_FIELDS: ReadonlySet<string> = new Set(['IsActive']);

/** Channels come as metadata. Their records are for activating them. */
export const messagingChannelRules: ObjectRules = {
  prepare: ({ operation, sent }) => {
    if (operation === 'insert') throw notImplemented('creating messaging channels by the data API: deploy them');
    const stranger = [...sent].find((field) => !OWN_FIELDS.has(field));
    if (stranger !== undefined) throw notImplemented(`changing ${stranger} of messaging channels by the data API`);
  },
  refuseDelete: () => {
    throw notImplemented('deleting messaging channels by the data API: delete their metadata');
  },
};
