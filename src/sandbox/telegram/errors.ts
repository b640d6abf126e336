/** How the Bot API says no. `parameters` is its ResponseParameters. */
export class ApiFailure extends Error {
  override name = "ApiFailure";
  readonly code: number;
  readonly description: string;
  readonly parameters?: ResponseParameters;

  constructor(code: number, description: string, parameters?: ResponseParameters) {
    super(description);
    this.code = code;
    this.description = description;
    if (parameters !== undefined) this.parameters = parameters;
  }
}

export interface ResponseParameters {
  /** Seconds. */
  readonly retry_after?: number;
  readonly migrate_to_chat_id?: number;
}

export const badRequest = (what: string, parameters?: ResponseParameters) =>
  new ApiFailure(400, `Bad Request: ${what}`, parameters);

export const forbidden = (what: string) => new ApiFailure(403, `Forbidden: ${what}`);

export const conflict = (what: string) => new ApiFailure(409, `Conflict: ${what}`);

export const tooManyRequests = (seconds: number) =>
  new ApiFailure(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });
