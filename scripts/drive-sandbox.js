/**
 * Drives a running sandbox through one conversation over HTTP, as a script of anybody's could:
 * `node scripts/drive-sandbox.js http://127.0.0.1:8080`. A second argument is the line to write to, of any panel there;
 * without it, the sandbox's first one. Exits 1 saying what did not happen.
 */
const base = process.argv[2] ?? "http://127.0.0.1:8080";
const to = process.argv[3];
const startMs = 10 * 60_000;
const stepMs = 20_000;
const number = "09350000000";
// One sandbox may be driven over one line after another, so each has texts of its own.
const question = to === undefined ? "سلام، از بیرون" : `سلام به ${to}، از بیرون`;
const answer = to === undefined ? "بفرمایید" : `بفرمایید، از ${to}`;

await until("the sandbox is ready", startMs, async () => (await fetch(`${base}/readyz`)).ok);

await post(`/sandbox/phones/${number}/sms`, { text: question, to });
const topic = await until("the SMS stands in a topic", stepMs, async () =>
  (await get("/sandbox/telegram")).topics.find(({ messages }) => messages.some(({ text }) => text.includes(question))),
);
const said = await post("/sandbox/telegram/say", { topic: topic.id, text: answer });
await until("the answer is on the handset", stepMs, async () =>
  (await get(`/sandbox/phones/${number}`)).thread.some(
    ({ direction, line, text }) => direction === "received" && text === answer && (to === undefined || line === to),
  ),
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
