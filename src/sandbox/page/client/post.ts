/** Posts JSON to the simulators. Resolves to the answer; rejects with its reason. */
export async function post<Answer>(path: string, body: object): Promise<Answer> {
  const response = await fetch(`/sandbox${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? String(response.status));
  return answer;
}

/** What a person is told where something could not be done. */
export type Fail = (error: unknown) => undefined;
