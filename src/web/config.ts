import { z } from "zod";

const httpUrl = z.url({ protocol: /^https?$/, error: "must be a URL that begins with https:// or http://" });

/** `server` of the configuration. */
export const serverConfig = z
  .strictObject({
    host: z
      .string()
      .min(1)
      .default("127.0.0.1")
      .describe("The address to listen on. `0.0.0.0` or `::` for every address."),
    port: z
      .int()
      .min(0)
      .max(65535)
      .default(8080)
      .describe(
        "The port to listen on; 0 takes any free one. `PORT` in the environment wins, and the host is then `0.0.0.0`.",
      ),
    publicUrl: httpUrl
      .transform((url) => url.replace(/\/+$/, ""))
      .optional()
      .describe('How the outside reaches this server: panels push to it, and Telegram does with `updates: "webhook"`.'),
    trustProxy: z
      .union([z.boolean(), z.int().min(1).max(16), z.array(z.string().min(1))])
      .default(false)
      .describe(
        "Whether a reverse proxy in front tells the caller's address (`X-Forwarded-For`): the number of proxies, their addresses, or `true` to believe anyone.",
      ),
    adminToken: z
      .string()
      .min(16, "must have at least 16 characters")
      .optional()
      .describe("With it, `/metrics` needs `Authorization: Bearer <adminToken>`."),
  })
  .describe("The web server that panels, Telegram and monitoring call.");

export type ServerConfig = z.output<typeof serverConfig>;
