/** What `deploy-apex` and `generate` ask for, as options: enough for the local org. */
export const storyInputs = [
  '--reply-to',
  'support@example.com',
  '--integration-user',
  'integration@example.com',
  '--webhook-url',
  'http://127.0.0.1:9/hook',
];
