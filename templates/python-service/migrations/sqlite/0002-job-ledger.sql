-- What imports and scheduled jobs have done. Every column is part of a contract that other languages keep too.
CREATE TABLE IF NOT EXISTS seaworthy_jobs (
  name TEXT NOT NULL,
  key TEXT NOT NULL,
  input_hash TEXT NOT NULL,
  state TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  holder TEXT NOT NULL,
  lease_until BIGINT NOT NULL,
  cursor TEXT,
  row_count BIGINT NOT NULL DEFAULT 0,
  result TEXT,
  error TEXT,
  started_at BIGINT,
  ended_at BIGINT,
  keep_until BIGINT,
  PRIMARY KEY (name, key)
);
CREATE INDEX IF NOT EXISTS seaworthy_jobs_prune ON seaworthy_jobs (state, keep_until);
CREATE INDEX IF NOT EXISTS seaworthy_jobs_ended ON seaworthy_jobs (ended_at);
