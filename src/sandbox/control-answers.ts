import type { Response } from "express";

/** Answers with what `run` gives, or 409 with what it throws. */
export async function attempt(response: Response, run: () => unknown): Promise<void> {
  try {
    response.json(await run());
  } catch (error) {
    refuse(response, 409, error instanceof Error ? error.message : "it could not be done");
  }
}

export function refuse(response: Response, status: number, error: string): void {
  response.status(status).json({ error });
}
