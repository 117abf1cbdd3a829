export const serviceName = 'marlin-service';
export const serviceOwner = 'marlin-team';

/** What this service promises; service.json says the same, and a test compares both. */
export const objectives = { responseTimeMs: 250, errorRate: 0.001, databaseCallsPerRequest: 3 };
