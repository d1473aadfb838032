import "server-only";
import { BlockList, isIP } from "node:net";

/** Addresses and ranges such as `10.0.0.0/8`, as the settings name them. */
export function addressList(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = "", bits] = network.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

/** Is the address on the list? An IPv4 address that arrived over IPv6 counts as what it is. */
export function isListed(list: BlockList, address: string): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "");
  const version = isIP(plain);
  return version !== 0 && list.check(plain, version === 6 ? "ipv6" : "ipv4");
}

/** Who really asks: the socket's other end, or, while that is one of our own proxies, whom it says it forwards for, from
 *  right to left. What stands further left was written by the client itself and counts for nothing. Pure. */
export function clientAddress(peer: string, forwardedFor: string | null, trusted: BlockList): string {
  const chain = (forwardedFor ?? "").split(",").map((part) => part.trim());
  let address = peer;
  while (isListed(trusted, address)) {
    const next = chain.pop();
    if (next === undefined || next === "") break;
    address = next;
  }
  return address;
}
