import { BlockList, isIP } from "node:net";

/** Whether a caller's address is one of those listed. */
export type AddressCheck = (address: string | undefined) => boolean;

/**
 * Reads addresses and CIDR ranges, IPv4 and IPv6. An IPv4 address that arrives on an IPv6 socket (`::ffff:192.0.2.1`)
 * counts as the IPv4 address it is. Throws a `RangeError` that names an entry which is neither.
 */
export function createAddressCheck(allowed: readonly string[]): AddressCheck {
  const list = new BlockList();
  for (const entry of allowed) addEntry(list, entry);
  return (address) => {
    const plain = address?.replace(/^::ffff:(?=\d+\.)/i, "").replace(/%.*$/, "") ?? "";
    const family = isIP(plain);
    return family !== 0 && list.check(plain, family === 4 ? "ipv4" : "ipv6");
  };
}

function addEntry(list: BlockList, entry: string): void {
  const [address = "", prefix, ...rest] = entry.split("/");
  const family = isIP(address);
  const bits = prefix === undefined ? undefined : Number(prefix);
  const isPrefix = bits === undefined || (/^\d{1,3}$/.test(prefix ?? "") && bits <= (family === 4 ? 32 : 128));
  if (family === 0 || !isPrefix || rest.length > 0)
    throw new RangeError(`"${entry}" is neither an address nor a range`);
  const name = family === 4 ? "ipv4" : "ipv6";
  if (bits === undefined) list.addAddress(address, name);
  else list.addSubnet(address, bits, name);
}
