import { expect, it } from "vitest";
import { addressList, clientAddress, isListed } from "./source";

const PROXIES = addressList(["10.0.0.0/8", "fd00::/8"]);

it("lists addresses and ranges of both kinds, however an IPv4 address arrived", () => {
  const list = addressList(["54.88.218.97", "35.236.0.0/16", "2001:db8::/32"]);
  for (const address of ["54.88.218.97", "::ffff:54.88.218.97", "35.236.7.7", "2001:db8::9"]) {
    expect(isListed(list, address)).toBe(true);
  }
  for (const address of ["54.88.218.98", "::ffff:35.237.0.1", "2001:db9::1", "", "localhost"]) {
    expect(isListed(list, address)).toBe(false);
  }
});

it.each([
  ["the socket's end when it is no proxy of ours", "8.8.8.8", "54.88.218.97", "8.8.8.8"],
  ["whom our proxy forwards for", "10.0.0.1", "54.88.218.97", "54.88.218.97"],
  ["the one before all our proxies", "10.0.0.1", "54.88.218.97, 10.1.1.1", "54.88.218.97"],
  ["nothing that the client wrote itself", "10.0.0.1", "54.88.218.97, 8.8.8.8", "8.8.8.8"],
  ["the proxy when it says nothing", "10.0.0.1", null, "10.0.0.1"],
  ["the proxy when all are proxies", "10.0.0.1", "10.0.0.2,10.0.0.3", "10.0.0.2"],
  ["what stands there even when it is no address", "10.0.0.1", "54.88.218.97, unknown", "unknown"],
])("takes for the client %s", (_what, peer, forwarded, address) => {
  expect(clientAddress(peer, forwarded, PROXIES)).toBe(address);
});
