/**
 * `missing`: nothing is published (NXDOMAIN or NODATA). `wrong`: something is, and it does not do. `unknown`: DNS could
 * not be reached, answered SERVFAIL, or took too long.
 */
export type FindingStatus = 'ok' | 'missing' | 'wrong' | 'unknown';

/** A record to publish. */
export interface DnsRecord {
  type: 'TXT' | 'CNAME';
  /** Fully qualified, without the trailing dot. */
  name: string;
  /** A TXT value is one text: zone files take it in strings of at most 255 octets (RFC 7208 §3.3). */
  value: string;
  /** What is published now and has to go; several records are parted by line breaks. */
  replaces?: string;
}

export interface Finding {
  status: FindingStatus;
  /** What was seen, for people. */
  evidence: string;
  /** What to publish; empty where nothing is amiss, or where only a person can tell what belongs there. */
  records: readonly DnsRecord[];
}
