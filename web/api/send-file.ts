/** A file → the server, with how much of it has gone; `fetch` does not tell. Every failure is an `ApiProblem`. */
import { apiUrl } from "./client.ts";
import { noteDataVersion } from "./data-version.ts";
import { ApiProblem, toProblem } from "./problem.ts";

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Posts the form field `file`. `onProgress`: share sent, 0…1. An abort rejects with the reason of the signal. */
export function sendFile<T>(
  path: string,
  file: File,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<T> {
  return new Promise((done, refuse) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    request.upload.addEventListener("progress", ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0));
    request.addEventListener("load", () => {
      const body = parsed(request.responseText);
      if (request.status >= 200 && request.status < 300) {
        noteDataVersion(request.getResponseHeader("x-data-version"));
        done(body as T);
      } else refuse(toProblem(request.status, body));
    });
    request.addEventListener("error", () => refuse(new ApiProblem(0, undefined)));
    request.addEventListener("abort", () => refuse(signal.reason));
    request.addEventListener("loadend", () => signal.removeEventListener("abort", stop));
    signal.addEventListener("abort", stop, { once: true });
    const form = new FormData();
    form.set("file", file, file.name);
    request.open("POST", apiUrl(path));
    request.setRequestHeader("accept", "application/json");
    request.send(form);
  });
}
