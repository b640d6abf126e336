import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { storeConfig } from "../src/store/config.ts";
import { serverConfig } from "../src/web/config.ts";

const root = join(import.meta.dirname, "..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const program = (JSON.parse(read("package.json")) as { bin: { chapar: string } }).bin.chapar;
const { port } = serverConfig.parse({});

test("the systemd unit starts what the build makes, and lets it write where the store is by default", () => {
  const unit = directivesOf(read("deploy/chapar.service"));
  expect(unit.get("ExecStart")).toEqual([`/usr/bin/node /opt/chapar/app/${program} run`]);
  const folder = /^sqlite:\/\/(.+)\/[^/]+$/.exec(storeConfig.parse(undefined))?.[1];
  expect(unit.get("ReadWritePaths")).toEqual([join(unit.get("WorkingDirectory")?.[0] ?? "", folder ?? "")]);
  const guide = unit.get("Documentation")?.[0]?.replace("file:/opt/chapar/app/", "") ?? "";
  expect(read(guide)).toContain("deploy/chapar.service");
});

test("the systemd unit brings the bridge back whatever happens, gives it time to stop and lets Node compile", () => {
  const unit = directivesOf(read("deploy/chapar.service"));
  expect(unit.get("Restart")).toEqual(["always"]);
  expect(unit.get("StartLimitIntervalSec")).toEqual(["0"]);
  // A stop takes 4.7 seconds at most.
  expect(Number(unit.get("TimeoutStopSec")?.[0])).toBeGreaterThan(5);
  expect(unit.has("MemoryDenyWriteExecute")).toBe(false);
});

test("the Procfile runs the same program", () => {
  expect(read("Procfile")).toBe(`web: node ${program} run\n`);
});

test("the proxies hand what is public to the bridge's own port, and nothing else", () => {
  const nginx = read("deploy/nginx.conf");
  expect([...nginx.matchAll(/^ *location (.+) \{$/gm)].map(([, place]) => place)).toEqual([
    "~ ^/(hooks|telegram)/",
    "= /healthz",
    "/",
  ]);
  expect(nginx).toMatch(/location \/ \{\n\s*return 404;/);
  expect(new Set(nginx.match(/proxy_pass .+;/g))).toEqual(new Set([`proxy_pass http://127.0.0.1:${port};`]));

  const caddy = read("deploy/Caddyfile");
  expect(caddy).toMatch(/@public path \/hooks\/\* \/telegram\/\* \/healthz\n/);
  expect(caddy).toMatch(/handle \{\n\s*respond 404\n/);
  expect(caddy.match(/reverse_proxy .+ \{/g)).toEqual([`reverse_proxy 127.0.0.1:${port} {`]);
});

test("the proxies keep tokens and texts out of their logs, and believe nobody about his address", () => {
  const nginx = read("deploy/nginx.conf");
  expect(nginx).toMatch(/^ *access_log off;$/m);
  expect(nginx).toMatch(/^ *error_log \S+ crit;$/m);
  expect(nginx).toMatch(/X-Forwarded-For \$remote_addr;/);
  const caddy = read("deploy/Caddyfile");
  expect(caddy).toMatch(/exclude http\.log\.error/);
  expect(caddy).not.toMatch(/trusted_proxies|header_up X-Forwarded-For/);
});

function directivesOf(unit: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const line of unit.split("\n")) {
    const [, name, value] = /^(\w+)=(.*)$/.exec(line) ?? [];
    if (name !== undefined) found.set(name, [...(found.get(name) ?? []), value ?? ""]);
  }
  return found;
}
