/** The answers as a service recorded them. */
export type RecordedAnswers = Readonly<Record<string, unknown>>;

/** Leads from one version of the questions to the next: pure, and never asked to read anything but the answers. */
export type AnswerMigration = (answers: RecordedAnswers) => RecordedAnswers;

/** The first one leads from version 1 to 2, and so on. The questions have not changed yet. */
const answerMigrations: readonly AnswerMigration[] = [];

/** The version of the questions that this package asks. */
export const answersVersion = answerMigrations.length + 1;

/** Brings recorded answers to the version of the questions that the migrations lead to. */
export function migrateAnswers(
  answers: RecordedAnswers,
  from: number,
  migrations: readonly AnswerMigration[] = answerMigrations,
): RecordedAnswers {
  return migrations.slice(from - 1).reduce((migrated, migrate) => migrate(migrated), answers);
}
