/** What trace flags and debug levels tell apart. */
export const LOG_CATEGORIES = [
  'ApexCode',
  'ApexProfiling',
  'Callout',
  'Database',
  'System',
  'Validation',
  'Visualforce',
  'Workflow',
];

const LOG_LEVELS = ['NONE', 'ERROR', 'WARN', 'INFO', 'DEBUG', 'FINE', 'FINER', 'FINEST'];

function logLevelValues(sobject: string): Record<string, readonly string[]> {
  return Object.fromEntries(LOG_CATEGORIES.map((name) => [`${sobject}.${name}`, LOG_LEVELS]));
}

/** Encodings of mail (object reference, User). */
const EMAIL_ENCODINGS = [
  'UTF-8',
  'ISO-8859-1',
  'Shift_JIS',
  'ISO-2022-JP',
  'EUC-JP',
  'ks_c_5601-1987',
  'Big5',
  'GB2312',
  'Big5-HKSCS',
  'x-SJIS_0213',
];

/** The fully supported languages, those of every org (help, "Supported Languages"). */
const LANGUAGES = [
  'en_US',
  'de',
  'es',
  'fr',
  'it',
  'ja',
  'sv',
  'ko',
  'zh_TW',
  'zh_CN',
  'pt_BR',
  'nl_NL',
  'da',
  'th',
  'fi',
  'ru',
  'es_MX',
  'no',
];

/** Values of picklists, as a new Developer Edition has them. A field not listed has no values known here. */
export const PICKLIST_VALUES: Readonly<Record<string, readonly string[]>> = {
  'Case.Origin': ['Phone', 'Email', 'Web'],
  'Case.Priority': ['High', 'Medium', 'Low'],
  'Case.Status': ['New', 'Working', 'Escalated', 'Closed'],
  'Case.Type': ['Mechanical', 'Electrical', 'Electronic', 'Structural', 'Other'],
  'EmailMessage.Status': ['0', '1', '2', '3', '4', '5'],
  'Group.Type': ['Regular', 'Queue'],
  'User.EmailEncodingKey': EMAIL_ENCODINGS,
  'User.LanguageLocaleKey': LANGUAGES,
  'OrgWideEmailAddress.Purpose': ['UserSelection', 'DefaultNoreply', 'UserSelectionAndDefaultNoReply'],
  'ContentDocumentLink.ShareType': ['V', 'C', 'I'],
  'ContentDocumentLink.Visibility': ['AllUsers', 'InternalUsers', 'SharedUsers'],
  'EmailMessageRelation.RelationType': ['ToAddress', 'CcAddress', 'BccAddress', 'FromAddress', 'OtherAddress'],
  'TraceFlag.LogType': ['USER_DEBUG', 'DEVELOPER_LOG', 'CLASS_TRACING', 'PROFILING'],
  ...logLevelValues('TraceFlag'),
  ...logLevelValues('DebugLevel'),
  'ApexLog.Location': ['Monitoring', 'SystemLog', 'Preserved'],
  'Flow.Status': ['Active', 'Draft', 'Obsolete', 'InvalidDraft', 'UnderReview'],
  'ApexClass.Status': ['Inactive', 'Active', 'Deleted'],
  'ApexTrigger.Status': ['Inactive', 'Active', 'Deleted'],
};
