/**
 * The load generator, a process of its own: pushes SMS over some connections for some seconds, each with a text of its own and
 * from one of many customers, and prints what became of them as JSON.
 */
import { setTimeout as pause } from "node:timers/promises";
import autocannon from "autocannon";
import { peerOf, queryOf } from "./sms.ts";

const [hook = "", connections = "50", warmUpSeconds = "1", seconds = "5"] = process.argv.slice(2);
const { pathname } = new URL(hook);
const customers = 500;
let count = 0;

function push(duration: number) {
  return autocannon({
    url: hook,
    connections: Number(connections),
    duration,
    requests: [
      {
        setupRequest(request) {
          count += 1;
          const text = `سلام، سفارش ${count} کی می‌رسد؟`;
          return { ...request, path: `${pathname}?${queryOf({ peer: peerOf(count % customers), text })}` };
        },
      },
    ],
  });
}

const warmUp = await push(Number(warmUpSeconds));
await pause(200);
const measured = await push(Number(seconds));
console.log(
  JSON.stringify({
    /** All that were answered 200, the warm-up too. */
    accepted: warmUp["2xx"] + measured["2xx"],
    failed: warmUp.non2xx + warmUp.errors + measured.non2xx + measured.errors,
    perSecond: measured["2xx"] / measured.duration,
  }),
);
