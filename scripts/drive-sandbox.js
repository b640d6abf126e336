/**
 * Drives a running sandbox through one conversation over HTTP, as a script of anybody's could:
 * `node scripts/drive-sandbox.js http://127.0.0.1:8080`. Exits 1 saying what did not happen.
 */
const base = process.argv[2] ?? "http://127.0.0.1:8080";
const startMs = 10 * 60_000;
const stepMs = 20_000;
const number = "09350000000";

await until("the sandbox is ready", startMs, async () => (await fetch(`${base}/readyz`)).ok);

await post(`/sandbox/phones/${number}/sms`, { text: "سلام، از بیرون" });
const topic = await until("the SMS stands in a topic", stepMs, async () =>
  (await get("/sandbox/telegram")).topics.find(({ messages }) =>
    messages.some(({ text }) => text === "سلام، از بیرون"),
  ),
);
const said = await post("/sandbox/telegram/say", { topic: topic.id, text: "بفرمایید" });
await until("the answer is on the handset", stepMs, async () =>
  (await get(`/sandbox/phones/${number}`)).thread.some(({ text }) => text === "بفرمایید"),
);
await until("✓✓ stands under the answer", stepMs, async () =>
  (await get("/sandbox/telegram")).topics
    .flatMap(({ messages }) => messages)
    .some(({ replyTo, text }) => replyTo === said.id && text.startsWith("✓✓")),
);
console.log("driven: an SMS came in, was answered, and the answer was delivered");

async function until(what, patienceMs, look) {
  const end = Date.now() + patienceMs;
  for (;;) {
    const found = await look().catch(() => undefined);
    if (found) return found;
    if (Date.now() > end) {
      console.error(`did not happen: ${what}`);
      process.exit(1);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function get(path) {
  const response = await fetch(base + path);
  return response.json();
}

async function post(path, body) {
  const options = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(base + path, options);
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response.json();
}
