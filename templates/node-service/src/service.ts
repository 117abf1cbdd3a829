export const serviceName = 'marlin-service';
export const serviceOwner = 'marlin-team';

/** What this service promises; service.json says the same, and a test compares both. */
// Of database calls as many as a POST with an Idempotency-Key makes whose order is there already; BEGIN and COMMIT are two
// of them, since each is a way to the database and back.
export const objectives = { responseTimeMs: 250, errorRate: 0.001, databaseCallsPerRequest: 6 };
