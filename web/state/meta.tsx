/** What the server said about itself and its data, for every page: loaded once by the shell. */
import { createContext, useContext } from "react";
import type { Meta } from "../api/types.ts";

const MetaContext = createContext<Meta | null>(null);
export const MetaProvider = MetaContext.Provider;

export function useAppMeta(): Meta {
  const meta = useContext(MetaContext);
  if (!meta) throw new Error("useAppMeta outside the shell");
  return meta;
}
