import { expect, test } from "vitest";
import { rawRequest, startWeb } from "./start-web.ts";

const path = "/telegram/s3cret-path";
const headers = { "x-telegram-bot-api-secret-token": "t0ken", "content-type": "application/json" };

async function startHook(handle: (update: unknown) => Promise<void>) {
  const started = await startWeb({ telegram: { path, secretToken: "t0ken", handle } });
  const post = (change: { path?: string; headers?: Record<string, string>; method?: string; body?: string } = {}) =>
    rawRequest(started.url, { method: "POST", path, headers, body: '{"update_id":1}', ...change });
  return { ...started, post };
}

test("an update is answered 200 once its effect is committed", async () => {
  const seen: unknown[] = [];
  const { post } = await startHook(async (update) => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    seen.push(update);
  });
  expect((await post()).status).toBe(200);
  expect(seen).toEqual([{ update_id: 1 }]);
});

test("an update that could not be committed is answered 503, so that Telegram gives it again", async () => {
  const { post, logged } = await startHook(() => Promise.reject(new Error("disk full")));
  expect(await post()).toMatchObject({ status: 503, body: "Not stored, try again\n" });
  expect(logged).toMatchObject([{ level: "error" }]);
});

test("whoever lacks the path or the secret header learns nothing and changes nothing", async () => {
  const seen: unknown[] = [];
  const { post } = await startHook(async (update) => void seen.push(update));
  expect((await post({ path: "/telegram/other" })).status).toBe(404);
  expect((await post({ headers: {} })).status).toBe(404);
  expect((await post({ headers: { "x-telegram-bot-api-secret-token": "t0ke" } })).status).toBe(404);
  expect((await post({ method: "GET" })).status).toBe(405);
  expect((await post({ body: "{" })).status).toBe(400);
  expect((await post({ body: "" })).status).toBe(400);
  expect(seen).toEqual([]);
});
