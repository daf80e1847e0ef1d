import { useSearchParams } from "react-router";
import { changeNames, type NamesState, readNames } from "./names-state.ts";

/** The page's part of the address and how to change it. Typing makes no steps in the browser's history. */
export function useNames(): NamesState & { readonly change: (change: Partial<NamesState>) => void } {
  const [search, setSearch] = useSearchParams();
  return {
    ...readNames(search),
    change: (change) => setSearch((old) => changeNames(old, change), { replace: change.tab === undefined }),
  };
}
