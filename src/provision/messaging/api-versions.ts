/** Oldest release whose Metadata API tells of a channel how it verifies users. */
export const oldestMessagingVersion = 62;

/** Release whose API publishes a deployment; older ones answer 404. */
export const publishingVersion = 67;
