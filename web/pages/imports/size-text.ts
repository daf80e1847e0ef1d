const kilobyte = 1024;

/** 1,572,864 → "1.5 MB". `format`: a number in the reader's language. */
export function sizeText(bytes: number, format: (n: number) => string): string {
  const kilobytes = bytes / kilobyte;
  return kilobytes < kilobyte
    ? `${format(Math.max(1, Math.round(kilobytes)))} KB`
    : `${format(Math.round((kilobytes / kilobyte) * 10) / 10)} MB`;
}
