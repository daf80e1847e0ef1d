/** The Express application out of given parts: sign-in, API, built dashboard, one error exit. */
import { extname, join } from "node:path";
import express, { type Express, type RequestHandler } from "express";
import helmet from "helmet";
import { apiRoutes } from "./api/index.ts";
import type { Parts } from "./api/parts.ts";
import { problemHandler } from "./api/problem.ts";
import { signInPage } from "./api/sign-in.ts";
import { AppError } from "./errors.ts";

export type { Parts } from "./api/parts.ts";

// Ant Design and ECharts set styles at run time; scripts come only from our own files.
const security = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", "data:", "blob:"],
      fontSrc: ["'self'", "data:"],
      connectSrc: ["'self'"],
      workerSrc: ["'self'", "blob:"],
      objectSrc: ["'none'"],
      baseUri: ["'self'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
  // plain HTTP on loopback: a browser that remembers HTTPS for the address would be locked out
  strictTransportSecurity: false,
});

/** Every path that names no file is a page of the dashboard; a missing file is 404, never the start page. */
function pages(webDir: string): RequestHandler {
  return (request, response, next) => {
    if (request.method !== "GET" && request.method !== "HEAD") return next();
    if (extname(request.path) !== "") return next();
    response.set("Cache-Control", "no-cache").sendFile("index.html", { root: webDir }, next);
  };
}

/** Builds the application; nothing listens yet. */
export function createApp(parts: Parts): Express {
  const app = express();
  app.disable("x-powered-by");
  app.use(security);
  app.get("/healthz", (_request, response) => {
    response.json({ status: "ok" });
  });
  app.use("/api/v1", apiRoutes(parts));
  app.use("/api", notFound);
  app.use(signInPage(parts));
  // built files carry a hash of their content in the name
  app.use(
    "/assets",
    express.static(join(parts.webDir, "assets"), { immutable: true, maxAge: "1y", index: false }),
    notFound,
  );
  app.use(express.static(parts.webDir, { index: false }));
  app.use(pages(parts.webDir));
  app.use(notFound);
  app.use(problemHandler(parts.log, parts.uploadLimitBytes));
  return app;
}

const notFound: RequestHandler = (request) => {
  throw new AppError("not-found", { zh: `没有 ${request.originalUrl}`, en: `not found: ${request.originalUrl}` });
};
