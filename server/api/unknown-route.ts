/** What no route has taken: 405 where the path is known under another method, else 404. */
import type { RequestHandler } from "express";
import { AppError } from "../errors.ts";
import type { Operation } from "./operation.ts";

type Place = Pick<Operation, "method" | "path">;

const patternOf = (path: string) =>
  new RegExp(`^${path.replace(/[.]/g, "\\.").replace(/\{[^}]+\}/g, "[^/]+")}/?$`, "i");

/** Ends every request that reaches it. */
export function unknownRoute(places: readonly Place[]): RequestHandler {
  const known = places.map(({ method, path }) => ({ method: method.toUpperCase(), pattern: patternOf(path) }));
  return ({ method, path }) => {
    const methods = known.filter(({ pattern }) => pattern.test(path)).flatMap((one) => one.method);
    if (methods.length === 0) {
      throw new AppError(
        "not-found",
        { zh: `没有接口 ${method} ${path}`, en: `no such route: ${method} ${path}` },
        { path },
      );
    }
    const allowedMethods = [...new Set(methods.flatMap((one) => (one === "GET" ? ["GET", "HEAD"] : [one])))];
    const list = allowedMethods.join(", ");
    throw new AppError(
      "method-not-allowed",
      {
        zh: `接口 ${path} 不接受 ${method}（可用：${list}）`,
        en: `${path} does not take ${method} (expected ${list})`,
      },
      { path, allowedMethods },
    );
  };
}
