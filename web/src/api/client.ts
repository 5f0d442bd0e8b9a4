import createClient from "openapi-fetch";
import { currentLanguage } from "../i18n/language.ts";
import { ProblemError, problemErrorOf } from "./problem-error.ts";
import type { paths } from "./schema";

/** The generated API over `fetch`; same origin, so the session cookie goes along by itself. */
export const client = createClient<paths>({ baseUrl: window.location.origin });

client.use({
  onRequest({ request }) {
    request.headers.set("Accept-Language", currentLanguage());
    return request;
  },
  onError() {
    return new ProblemError(null);
  },
});

type Answered<Data> = { data?: Data; error?: unknown; response: Response };

/** The body of a successful answer. Throws ProblemError otherwise. */
export async function bodyOf<Data>(call: Promise<Answered<Data>>): Promise<Data> {
  const { data, error, response } = await call;
  if (!response.ok || data === undefined) throw problemErrorOf(error);
  return data;
}

/** For answers without a body (204). Throws ProblemError unless the server agreed. */
export async function agreed(call: Promise<Answered<unknown>>): Promise<void> {
  const { error, response } = await call;
  if (!response.ok) throw problemErrorOf(error);
}
