import { describe, expect, test } from "vitest";
import { firstId, one, panel, secondId, send, start, startForEach, toSend } from "./soap-panel.start.ts";

startForEach();

const delivery = async (id = firstId) => one(await toSend("GetDelivery", `<recId>${id}</recId>`), "GetDeliveryResult");
const update = async (id = firstId) =>
  one(await toSend("UpdateDelivery", `<recId>${id}</recId>`), "UpdateDeliveryResult");

describe("delivery", () => {
  test("is 9 until an update of any SMS of the same call, and then what it was at that moment", async () => {
    panel.willEnd("0912 000 0002", 3);
    await send({ to: ["09120000001", "09120000002"] });
    await panel.waitFor(() => panel.deliveryOf(firstId) === 1 && panel.deliveryOf(secondId) === 3);
    expect([await delivery(), await delivery(secondId)]).toEqual(["9", "9"]);
    expect(await update(secondId)).toBe("1");
    expect([await delivery(), await delivery(secondId)]).toEqual(["1", "3"]);
  });

  test("goes from 0 over 8 to 1, and shows only what was updated", async () => {
    await start({ deliverAfterMs: 1_600 });
    await send();
    await update();
    expect(await delivery()).toBe("0");
    await new Promise((resolve) => setTimeout(resolve, 900));
    expect(await delivery()).toBe("0");
    await update();
    expect(await delivery()).toBe("8");
  });

  test("knows bad ids, and an interval where there is one", async () => {
    await start({ updateIntervalMs: 60_000 });
    await send();
    expect([await delivery("77"), await update("77")]).toEqual(["100", "0"]);
    expect([await update(), await update()]).toEqual(["1", "100"]);
  });

  test("may be set by hand, visible at once", async () => {
    await send();
    for (const code of [2, 5, 11, 16]) {
      panel.setDelivery(firstId, code);
      expect(await delivery()).toBe(String(code));
    }
  });
});
