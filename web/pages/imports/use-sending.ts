import { useCallback, useEffect, useState } from "react";
import type { UploadedFile } from "../../api/import-types.ts";
import { sendFile } from "../../api/send-file.ts";

interface Outgoing {
  readonly file: File;
  /** It takes the place of the file in hand. */
  readonly corrected: boolean;
}

export interface Sending {
  /** In the order they go; the first one is on its way. */
  readonly files: readonly File[];
  /** Share of the first one that has gone, 0…1. */
  readonly share: number;
  /** Why the first one did not arrive. */
  readonly error: unknown;
  readonly add: (files: readonly File[], corrected?: boolean) => void;
  /** Drops one that is on its way or waits; nothing of it is kept. */
  readonly drop: (file: File) => void;
  readonly again: () => void;
}

/** Sends files one after the other. `onSent` is told of each that arrived. */
export function useSending(onSent: (file: UploadedFile, corrected: boolean) => void): Sending {
  const [queue, setQueue] = useState<readonly Outgoing[]>([]);
  const [share, setShare] = useState(0);
  const [error, setError] = useState<unknown>(undefined);
  const [first] = queue;
  useEffect(() => {
    if (!first || error !== undefined) return;
    const stop = new AbortController();
    setShare(0);
    sendFile<UploadedFile>("/uploads", first.file, setShare, stop.signal).then(
      (sent) => {
        setQueue((old) => old.filter((one) => one !== first));
        onSent(sent, first.corrected);
      },
      (reason: unknown) => {
        if (!stop.signal.aborted) setError(reason ?? null);
      },
    );
    return () => stop.abort();
  }, [first, error, onSent]);
  const add = useCallback(
    (files: readonly File[], corrected = false) => {
      const more = files.map((file) => ({ file, corrected }));
      setError(undefined);
      // what did not arrive makes room
      setQueue((old) => [...(corrected ? [] : error === undefined ? old : old.slice(1)), ...more]);
    },
    [error],
  );
  const drop = useCallback((file: File) => {
    setError(undefined);
    setQueue((old) => old.filter((one) => one.file !== file));
  }, []);
  const again = useCallback(() => setError(undefined), []);
  return { files: queue.map(({ file }) => file), share, error, add, drop, again };
}
