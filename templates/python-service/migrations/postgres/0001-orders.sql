-- created_at is ISO 8601 and compared as text: by bytes, whatever language the database has.
CREATE TABLE IF NOT EXISTS orders (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  order_number TEXT NOT NULL UNIQUE,
  sku TEXT NOT NULL,
  quantity INTEGER NOT NULL,
  created_at TEXT COLLATE "C" NOT NULL
);
