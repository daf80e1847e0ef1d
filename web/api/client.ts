/** The one place that talks to the server. Every failure is an `ApiProblem`. */
import { noteDataVersion } from "./data-version.ts";
import { ApiProblem, toProblem } from "./problem.ts";

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

const base = "/api/v1";

/** `/workers` and `{ year: 2024, level: undefined }` → `/api/v1/workers?year=2024`. */
export function apiUrl(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
  const text = search.toString();
  return text === "" ? `${base}${path}` : `${base}${path}?${text}`;
}

/** The answer as it comes. Throws `ApiProblem`. */
export async function fetchFrom(url: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { credentials: "same-origin", ...init });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new ApiProblem(0, undefined, {}, { cause });
  }
  if (response.ok) {
    noteDataVersion(response.headers.get("x-data-version"));
    return response;
  }
  const body: unknown = await response.json().catch(() => undefined);
  throw toProblem(response.status, body);
}

export async function getJson<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
  const response = await fetchFrom(apiUrl(path, query), {
    headers: { accept: "application/json" },
    ...(signal ? { signal } : {}),
  });
  return (await response.json()) as T;
}

/** Posts JSON, or a form as multipart. */
export async function postJson<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  const isForm = body instanceof FormData;
  const response = await fetchFrom(apiUrl(path), {
    method: "POST",
    headers: { accept: "application/json", ...(isForm ? {} : { "content-type": "application/json" }) },
    body: isForm ? body : JSON.stringify(body),
    ...(signal ? { signal } : {}),
  });
  return (await response.json()) as T;
}

/** Deletes; the answer where there is one. */
export async function deleteAt<T>(path: string, query?: Query): Promise<T | undefined> {
  const response = await fetchFrom(apiUrl(path, query), { method: "DELETE", headers: { accept: "application/json" } });
  return response.status === 204 ? undefined : ((await response.json()) as T);
}

export async function putJson<T>(path: string, body: unknown): Promise<T> {
  const response = await fetchFrom(apiUrl(path), {
    method: "PUT",
    headers: { accept: "application/json", "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return (await response.json()) as T;
}

export async function signOut(): Promise<void> {
  await fetchFrom(apiUrl("/session"), { method: "DELETE" });
}

/** The name a `Content-Disposition` gives the file; UTF-8 form first. */
export function fileNameOf(disposition: string | null, fallback: string): string {
  const encoded = /filename\*\s*=\s*UTF-8''([^;]+)/i.exec(disposition ?? "")?.[1];
  if (encoded) return decodeURIComponent(encoded);
  return /filename\s*=\s*"?([^";]+)"?/i.exec(disposition ?? "")?.[1] ?? fallback;
}

/** Hands a file to the browser's download. */
export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Fetches a file first, so that a failure shows on the page and not as a broken download. */
export async function download(path: string, query: Query, fallbackName: string): Promise<void> {
  const response = await fetchFrom(apiUrl(path, query), {});
  saveBlob(await response.blob(), fileNameOf(response.headers.get("content-disposition"), fallbackName));
}
