import { expect, it } from "vitest";
import { createOwnContract } from "../../src/providers/soap-panel/own-contract.ts";
import { failureOf } from "./deps.ts";
import { wsdl } from "./soap-panel.bare.ts";

it("our own contract that could not be read fails before anything was written, and is read again", async () => {
  const busy = Object.assign(new Error("too many open files"), { code: "EMFILE" });
  let reads = 0;
  const own = createOwnContract(async () => {
    reads += 1;
    if (reads === 1) throw busy;
    return wsdl("send");
  });
  expect(await failureOf(own())).toMatchObject({ code: "unreachable", certain: true, cause: busy });
  expect((await own()).find("SendSms")?.name).toBe("SendSms");
  await Promise.all([own(), own()]);
  expect(reads).toBe(2);
});
