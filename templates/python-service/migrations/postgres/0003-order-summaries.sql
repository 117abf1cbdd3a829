CREATE TABLE IF NOT EXISTS order_summaries (
  day TEXT PRIMARY KEY,
  orders BIGINT NOT NULL,
  quantity BIGINT NOT NULL
);
