/**
 * Who sees which districts. Every query takes the scope as its parameter `$scope`; there is no way to ask without one, and an
 * empty one sees nothing.
 */
export interface Scope {
  /** District codes (a city or province stands for everything below it), or all. */
  readonly districts: readonly string[] | "all";
}

/** Who calls: the name that stands in histories, and what they may see. */
export interface Caller {
  readonly name: string;
  readonly scope: Scope;
}

/** The operator of this machine, and the command line: everything. */
export const fullScope: Scope = { districts: "all" };

/** The scope as the value of `$scope VARCHAR[]`: `['*']` is everything, `[]` nothing. */
export function scopeParameter(scope: Scope): readonly string[] {
  return scope.districts === "all" ? ["*"] : scope.districts;
}
