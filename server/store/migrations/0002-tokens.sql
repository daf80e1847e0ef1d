-- Tokens with which scripts call the API. Only a hash is kept: the token itself is shown once, when it is made.

CREATE TABLE api_tokens (
  name VARCHAR NOT NULL,
  hash VARCHAR NOT NULL,                 -- SHA-256 of the token, hexadecimal; the token has 256 random bits, so no salt
  "createdAt" TIMESTAMP NOT NULL         -- UTC
);
