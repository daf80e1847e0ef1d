/** A time as it is stored. By itself: readers of files need it in a thread that must not load the database. */
export const timestamp = (time: Date): string => time.toISOString().replace("T", " ").replace("Z", "");
