/**
 * The bare forwarder: the least that a user could write. It answers 200 and then calls Telegram; it polls and then calls the
 * panel. No disk, no deduplication, no limits, no marks; a call that fails is not repeated. Run as a process of its own, with
 * the addresses in its arguments.
 */
import { setTimeout as pause } from "node:timers/promises";
import express from "express";

const [telegram = "", panel = "", chat = ""] = process.argv.slice(2);
const app = express();

app.get("/hook", (request, response) => {
  response.send("OK");
  call(`${telegram}/sendMessage`, { chat_id: Number(chat), text: String(request.query.MsgBody) }).catch(() => {});
});

async function call(url: string, fields: object): Promise<unknown> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(fields),
  });
  return response.json();
}

interface Updates {
  readonly result: readonly { readonly update_id: number; readonly message: { readonly text: string } }[];
}

async function poll(): Promise<void> {
  let offset = 0;
  for (;;) {
    const answer = (await call(`${telegram}/getUpdates`, { offset, timeout: 1 }).catch(() => pause(100))) as
      | Updates
      | undefined;
    for (const update of answer?.result ?? []) {
      offset = update.update_id + 1;
      await call(`${panel}/sendsms`, {
        username: "bench",
        password: "bench",
        source: "982164063188",
        destination: "09121234567",
        message: update.message.text,
      });
    }
  }
}

const server = app.listen(0, "127.0.0.1", () => {
  const address = server.address();
  console.log(`listening ${typeof address === "object" ? address?.port : ""}`);
});
void poll();
