import { z } from 'zod';

export const settingIds = [
  'instance-url',
  'es-developer-name',
  'org-id',
  'auth-public-key',
  'auth-private-key',
  'auth-key-id',
  'scrt-url',
  'issuer',
] as const;

const setting = z.strictObject({
  id: z.enum(settingIds),
  name: z.string().describe('As the MIAW tab of OpenCX calls it.'),
  inOpencx: z.boolean().describe('False: OpenCX does not ask for it, and the six would not work without it.'),
  value: z.string().nullable().describe('What to fill in; of keys the path of the file to paste. Null: not known.'),
  status: z
    .enum(['pass', 'warn', 'fail', 'unchecked'])
    .describe('fail: it would not be accepted; unchecked: nobody could be asked.'),
  detail: z.string(),
  remedy: z.string().optional(),
});

/** `result` of `messaging settings --json`. */
export const messagingSettingsResultSchema = z.strictObject({
  settings: z.array(setting).describe('The six fields in the order of OpenCX, then what belongs to them.'),
});

export type MessagingSettingsResult = z.infer<typeof messagingSettingsResultSchema>;
export type SettingJson = z.infer<typeof setting>;
