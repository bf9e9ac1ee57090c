import { BlockList, isIPv4 } from 'node:net';

/**
 * `private`: this machine and networks of its own, where a person may have a far side. `special`: what no name may lead to:
 * metadata services of clouds, link-local, multicast, documentation and reserved addresses.
 */
export type AddressKind = 'public' | 'private' | 'special';

/** IANA's special-purpose registries (RFC 6890 and those after it). */
const privateRanges = blockList([
  '127.0.0.0/8',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '::1/128',
  'fc00::/7',
]);

const specialRanges = blockList([
  '0.0.0.0/8',
  '169.254.0.0/16',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/128',
  '100::/64',
  '100:0:0:1::/64',
  // Where the IPv4 address stands in one of these depends on the network (RFC 8215), or nobody routes it (RFC 2765).
  '64:ff9b:1::/48',
  '::ffff:0:0:0/96',
  // Teredo among them.
  '2001::/23',
  '2001:db8::/32',
  '3fff::/20',
  '5f00::/16',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
  // Metadata services outside of the link-local ranges: Alibaba, Azure, AWS and Google by IPv6.
  '100.100.100.200/32',
  '168.63.129.16/32',
  'fd00:ec2::254/128',
  'fd20:ce::254/128',
]);

/** IPv6 addresses that carry an IPv4 one: prefix, and the group of 16 bits where it begins. */
const carriers: readonly (readonly [BlockList, number])[] = [
  [blockList(['::ffff:0:0/96']), 6],
  [blockList(['::/96']), 6],
  [blockList(['64:ff9b::/96']), 6],
  [blockList(['2002::/16']), 1],
];

/** @param address IPv4 or IPv6, without brackets; a zone (`%eth0`) does not matter */
export function addressKind(address: string): AddressKind {
  const [plain = address] = address.split('%', 1);
  const family = isIPv4(plain) ? 'ipv4' : 'ipv6';
  const carried = family === 'ipv6' && plain !== '::1' && plain !== '::' ? carriedAddress(plain) : undefined;
  if (carried !== undefined) return addressKind(carried);
  if (specialRanges.check(plain, family)) return 'special';
  return privateRanges.check(plain, family) ? 'private' : 'public';
}

function carriedAddress(address: string): string | undefined {
  const carrier = carriers.find(([prefix]) => prefix.check(address, 'ipv6'));
  if (carrier === undefined) return undefined;
  const groups = groupsOf(address);
  const bits = ((groups[carrier[1]] ?? 0) * 65_536 + (groups[carrier[1] + 1] ?? 0)) >>> 0;
  return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join('.');
}

/** The eight groups of an IPv6 address, as numbers. */
function groupsOf(address: string): number[] {
  // URL writes all forms, those that end in an IPv4 address too, in one.
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = '', tail] = canonical.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? 0 : 8 - left.length - right.length;
  return [...left, ...Array<string>(gap).fill('0'), ...right].map((group) => Number.parseInt(group, 16));
}

function blockList(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [net = '', prefix] = range.split('/');
    list.addSubnet(net, Number(prefix), isIPv4(net) ? 'ipv4' : 'ipv6');
  }
  return list;
}
