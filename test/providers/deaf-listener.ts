import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** The port of a listener whose queue is full and who never accepts: a connection to it comes about only at the time-out. */
export async function startDeafListener(): Promise<number> {
  const script = `const s=require("net").createServer().listen({port:0,host:"127.0.0.1",backlog:1},()=>{
    process.stdout.write(String(s.address().port)+"\\n",()=>process.kill(process.pid,"SIGSTOP"))})`;
  const child: ChildProcess = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  const fillers: Socket[] = [];
  onTestFinished(async () => {
    for (const filler of fillers) filler.destroy();
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  });
  const [line]: unknown[] = child.stdout ? await once(child.stdout, "data") : [];
  const port = Number(String(line));
  for (let left = 4; left > 0; left -= 1) {
    const filler = connect(port, "127.0.0.1");
    filler.on("error", () => undefined);
    fillers.push(filler);
    await Promise.race([once(filler, "connect"), new Promise((resolve) => setTimeout(resolve, 60))]);
  }
  return port;
}
