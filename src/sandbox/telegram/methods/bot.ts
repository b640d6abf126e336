import { z } from "zod";
import { badRequest, conflict } from "../errors.ts";
import { type Method, method } from "./method.ts";

const scopeShape = z.looseObject({
  type: z.string(),
  chat_id: z.union([z.number(), z.string()]).optional(),
  user_id: z.number().optional(),
});
const commandPlace = z.object({ scope: scopeShape.optional(), language_code: z.string().optional() });
const accepted = method(z.looseObject({}), () => true);

/** "Bots can download files of up to 20MB in size." */
const mostDownloaded = 20 * 1024 * 1024;

/** Methods about the bot itself and about how it gets its updates. */
export const botMethods: Readonly<Record<string, Method>> = {
  getMe: method(z.object({}), (_none, { world }) => ({
    ...world.bot,
    can_join_groups: true,
    can_read_all_group_messages: !world.privacyMode,
    supports_guest_queries: false,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
    has_topics_enabled: false,
    allows_users_to_create_topics: false,
    can_manage_bots: false,
    supports_join_request_queries: false,
  })),

  getFile: method(z.object({ file_id: z.string() }), ({ file_id }, { world }) => {
    const file = world.files.get(file_id);
    if (!file) throw badRequest("wrong file_id or the file is temporarily unavailable");
    const file_size = Buffer.byteLength(file.content);
    if (file_size > mostDownloaded) throw badRequest("file is too big");
    return { file_id, file_unique_id: `unique-${file_id.split("-").at(-1)}`, file_size, file_path: file.path };
  }),

  getUpdates: method(
    z.object({
      offset: z.number().optional(),
      limit: z.number().optional(),
      timeout: z.number().optional(),
      allowed_updates: z.array(z.string()).optional(),
    }),
    (request, { world, webhook, gone }) => {
      if (webhook.settings) throw webhookIsActive();
      return world.updates.poll(request, gone);
    },
  ),

  setWebhook: method(
    z.object({
      url: z.string(),
      secret_token: z.string().optional(),
      max_connections: z.number().optional(),
      allowed_updates: z.array(z.string()).optional(),
      drop_pending_updates: z.boolean().optional(),
    }),
    (wanted, { world, webhook }) => {
      if (wanted.drop_pending_updates) world.updates.drop();
      if (wanted.allowed_updates !== undefined) world.updates.allow(wanted.allowed_updates);
      if (wanted.url === "") {
        webhook.remove();
      } else {
        webhook.set({
          url: wanted.url,
          secretToken: wanted.secret_token,
          maxConnections: wanted.max_connections,
        });
      }
      return true;
    },
  ),

  deleteWebhook: method(z.object({ drop_pending_updates: z.boolean().optional() }), (wanted, { world, webhook }) => {
    webhook.remove();
    if (wanted.drop_pending_updates) world.updates.drop();
    return true;
  }),

  getWebhookInfo: method(z.object({}), (_none, { world, webhook }) => ({
    url: webhook.settings?.url ?? "",
    has_custom_certificate: false,
    pending_update_count: world.updates.pending().length,
    last_error_date: webhook.lastError?.date,
    last_error_message: webhook.lastError?.message,
    max_connections: webhook.settings ? (webhook.settings.maxConnections ?? 40) : undefined,
    allowed_updates: world.updates.allowed,
  })),

  setMyCommands: method(
    commandPlace.extend({ commands: z.array(z.looseObject({ command: z.string(), description: z.string() })) }),
    ({ commands, scope, language_code }, { world }) => {
      if (commands.length > 100) throw badRequest("BOT_COMMANDS_TOO_MUCH");
      for (const { command, description } of commands) {
        if (!/^[a-z0-9_]{1,32}$/.test(command)) throw badRequest("BOT_COMMAND_INVALID");
        if (description.length < 1 || description.length > 256) throw badRequest("BOT_COMMAND_DESCRIPTION_INVALID");
      }
      world.commands.set(commandKey(scope, language_code), commands);
      return true;
    },
  ),

  getMyCommands: method(
    commandPlace,
    ({ scope, language_code }, { world }) => world.commands.get(commandKey(scope, language_code)) ?? [],
  ),

  deleteMyCommands: method(commandPlace, ({ scope, language_code }, { world }) => {
    world.commands.delete(commandKey(scope, language_code));
    return true;
  }),

  getMyName: method(z.looseObject({}), (_none, { world }) => ({ name: world.bot.first_name })),
  setMyName: accepted,
  setMyDescription: accepted,
  setMyShortDescription: accepted,
  setChatMenuButton: accepted,
  setMyDefaultAdministratorRights: accepted,
};

/** Where a list of commands is kept: `default`, `chat:-100…:fa`. */
export function commandKey(scope: z.output<typeof scopeShape> | undefined, language: string | undefined): string {
  return [scope?.type ?? "default", scope?.chat_id, scope?.user_id, language].filter((part) => part ?? "").join(":");
}

function webhookIsActive() {
  return conflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first");
}
