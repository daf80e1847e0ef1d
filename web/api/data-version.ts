/** Every answer says which data version it is of. When that changes under an open page, all that is shown is old. */

let known: string | null = null;
let listener: () => void = () => undefined;

/** Calls `changed` when an answer is of another version than the one before. One listener: the query client. */
export function watchDataVersion(changed: () => void): void {
  listener = changed;
}

export function noteDataVersion(version: string | null): void {
  if (version === null || version === known) return;
  const isFirst = known === null;
  known = version;
  if (!isFirst) listener();
}
