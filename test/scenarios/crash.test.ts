import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { textsInPost } from "../support/texts-in-post.ts";
import { startProcess } from "./start-process.ts";

test("killed in the middle of posting to many topics, a chat shows at most one post twice for each kill", async () => {
  const world = await startProcess();
  const customers = Array.from({ length: 6 }, (_, n) => world.phone(`0912000000${n}`));
  const sent: string[] = [];
  const kills = 3;
  for (let kill = 0; kill < kills; kill++) {
    const bridge = await world.start();
    const storm = customers.flatMap((customer, n) =>
      Array.from({ length: 3 }, async (_, k) => {
        const text = `kill ${kill} from ${n} number ${k}`;
        const pushed = await customer.sends(text).catch(() => undefined);
        if (pushed?.status === 200) sent.push(text);
      }),
    );
    // However fast the machine is: in the middle means once some have been accepted.
    for (let waited = 0; sent.length < 6 * (kill + 1) && waited < 10_000; waited += 5) await pause(5);
    bridge.kill("SIGKILL");
    await once(bridge, "exit");
    await Promise.all(storm);
  }
  await world.start();
  const posts = () => world.group.messages().filter(({ from, text }) => from.isBot && text.includes("kill"));
  const shown = () => posts().flatMap(({ text }) => textsInPost(text).filter((one) => one.startsWith("kill")));
  const countOf = (text: string) => shown().filter((one) => one === text).length;
  await world.telegram.waitFor(() => sent.every((text) => countOf(text) > 0), 15_000, "every SMS shown");
  await pause(500);
  const firsts = posts().map(({ text }) => textsInPost(text).find((one) => one.startsWith("kill")));
  const repeated = firsts.length - new Set(firsts).size;
  expect(sent.length).toBeGreaterThan(10);
  expect(repeated).toBeLessThanOrEqual(kills);
  expect(world.group.topics().length).toBeLessThanOrEqual(customers.length + kills);
}, 60_000);
