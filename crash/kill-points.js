/**
 * Ends a bridge exactly at a commit boundary. Loaded before it, with `node --import ./crash/kill-points.js dist/cli.js run`, so that
 * the code that is shipped knows nothing of it: it watches SQLite's driver, undici and node's server from outside.
 *
 * `CRASH_AIM` names the point, as JSON: `{"point": "claim", "when": "before", "nth": 2, "signal": "SIGKILL"}`.
 */
import diagnostics from "node:diagnostics_channel";
import { writeSync } from "node:fs";
import sqlite3 from "sqlite3";

const aim = JSON.parse(process.env.CRASH_AIM ?? "{}");
let left = aim.nth ?? 1;

/** The operators' answers of the load, in whatever a panel's call is encoded. */
const answerText = /answer-\d+-\d+/;

watchStore();
watchCalls();
watchServer();

/** @param {string | undefined} point @param {string} when */
function reach(point, when) {
  if (point !== aim.point || when !== aim.when || left === 0) return;
  left -= 1;
  if (left > 0) return;
  writeSync(2, `reached ${aim.point}, ${aim.when}\n`);
  process.kill(process.pid, aim.signal ?? "SIGKILL");
}

/** A statement is on disk when its own callback comes, or that of the `COMMIT` behind it. */
function watchStore() {
  const { all } = sqlite3.Database.prototype;
  const open = new WeakMap();
  sqlite3.Database.prototype.all = function (sql, ...rest) {
    const finished = rest.pop();
    const params = Array.isArray(rest[0]) ? rest[0] : [];
    const points = pointsOf(sql, params);
    for (const point of points) reach(point, "before");
    const inTransaction = open.get(this);
    if (sql.startsWith("BEGIN")) open.set(this, []);
    if (sql === "COMMIT" || sql === "ROLLBACK") open.delete(this);
    if (inTransaction) inTransaction.push(...points);
    const committed = sql === "COMMIT" ? (inTransaction ?? []) : inTransaction ? [] : points;
    return all.call(this, sql, ...rest, (error, rows) => {
      if (!error) for (const point of committed) reach(point, "after");
      finished(error, rows);
    });
  };
}

/** @param {string} sql @param {readonly unknown[]} params @returns {string[]} */
function pointsOf(sql, params) {
  const [, verb, table] =
    /^\s*(?:WITH change\(k, old, new\)[\s\S]*?)?(INSERT INTO|UPDATE) chapar_(\w+)/.exec(sql) ?? [];
  if (verb === "INSERT INTO" && table === "inbound") return ["sms accepted"];
  if (verb === "INSERT INTO" && table === "outbound") return ["answer accepted"];
  if (verb === "INSERT INTO" && table === "topics") return ["topic stored"];
  if (verb === "INSERT INTO" && table === "polls") return holdsUnread(params) ? ["list stored"] : [];
  // Leases move by another statement.
  if (verb !== "UPDATE" || sql.includes("json_set") || (table !== "inbound" && table !== "outbound")) return [];
  const points = [];
  for (let at = 0; at + 2 < params.length; at += 3) points.push(...stepsOf(read(params[at + 1]), read(params[at + 2])));
  return points;
}

/** What a change of a record means. */
function* stepsOf(before, after) {
  if (before.post === undefined && after.post !== undefined) yield "post stored";
  if (after.state === "sending" && before.state === "queued") yield "claim";
  if (after.state === "sent" && before.state === "sending") yield "receipt";
  if (after.state === "uncertain" && before.state === "sending") yield "doubt";
  if (after.state === "queued" && before.state === "uncertain") yield "sent again";
  if (after.state === "delivered" && before.state === "sent") yield "report";
  if (after.shown !== before.shown) yield "mark stored";
}

const read = (text) => JSON.parse(String(text)).value;
const holdsUnread = ([, text]) => read(text).unread !== undefined;

function watchCalls() {
  // Published in the same step as the write to the socket, and before it; after it; and before anybody hears the answer.
  diagnostics.subscribe("undici:client:sendHeaders", ({ request }) => reach(callOf(request), "before"));
  diagnostics.subscribe("undici:request:bodySent", ({ request }) => reach(callOf(request), "sent"));
  diagnostics.subscribe("undici:request:trailers", ({ request }) => reach(callOf(request), "answered"));
}

function callOf({ path, body }) {
  const written = Buffer.isBuffer(body) ? body.toString() : "";
  if (!path.startsWith("/bot")) return answerText.test(path + written) ? "send" : undefined;
  const method = path.split("/").at(-1);
  if (method === "getUpdates") return "updates";
  if (method === "createForumTopic") return "topic";
  if (method === "editMessageText") return "mark";
  if (method === "sendMessage") return "reply_parameters" in JSON.parse(written) ? "mark" : "post";
  return undefined;
}

function watchServer() {
  diagnostics.subscribe("http.server.response.finish", ({ request, response }) => {
    if (request.originalUrl?.startsWith("/hooks/") && response.statusCode === 200) reach("sms answered", "after");
  });
}
