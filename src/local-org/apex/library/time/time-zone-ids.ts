/** Three-letter ids that Java's TimeZone knows besides those of the zone database. */
const shortIds: Readonly<Record<string, string>> = {
  ACT: 'Australia/Darwin',
  AET: 'Australia/Sydney',
  AGT: 'America/Argentina/Buenos_Aires',
  ART: 'Africa/Cairo',
  AST: 'America/Anchorage',
  BET: 'America/Sao_Paulo',
  BST: 'Asia/Dhaka',
  CAT: 'Africa/Harare',
  CNT: 'America/St_Johns',
  CST: 'America/Chicago',
  CTT: 'Asia/Shanghai',
  EAT: 'Africa/Addis_Ababa',
  ECT: 'Europe/Paris',
  IET: 'America/Indiana/Indianapolis',
  IST: 'Asia/Kolkata',
  JST: 'Asia/Tokyo',
  MIT: 'Pacific/Apia',
  NET: 'Asia/Yerevan',
  NST: 'Pacific/Auckland',
  PLT: 'Asia/Karachi',
  PNT: 'America/Phoenix',
  PRT: 'America/Puerto_Rico',
  PST: 'America/Los_Angeles',
  SST: 'Pacific/Guadalcanal',
  VST: 'Asia/Ho_Chi_Minh',
};

const customId = /^GMT([+-])(\d{1,2})(?::?(\d{2}))?$/;
const known = new Map<string, string | undefined>();

/** What Intl calls a zone: `GMT+5:30` is `+05:30` there. Undefined where there is no such zone. */
function hostName(id: string): string | undefined {
  const [, sign = '+', hours, minutes = '00'] = customId.exec(id) ?? [];
  if (hours !== undefined)
    return Number(hours) > 23 || Number(minutes) > 59 ? undefined : `${sign}${hours.padStart(2, '0')}:${minutes}`;
  // Intl takes ids in any case and offsets; Java takes neither.
  if (!/^[A-Z][A-Za-z0-9_+/-]*$/.test(id)) return undefined;
  const name = shortIds[id] ?? id;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone && name;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The zone's name for Intl; undefined for an id that Java's TimeZone does not know. */
export function hostZone(id: string): string | undefined {
  if (!known.has(id)) known.set(id, hostName(id));
  return known.get(id);
}

/** The id as a TimeZone keeps it: `GMT` where there is no such zone, `GMT+05:30` for `GMT+5:30`. */
export function timeZoneId(id: string): string {
  const host = hostZone(id);
  if (host === undefined) return 'GMT';
  return /^[+-]/.test(host) ? `GMT${host}` : id;
}

/** Zones without offset that Intl does not tell apart by name. */
export function isGmt(id: string): boolean {
  return id === 'GMT' || hostZone(id) === undefined;
}
