/** @type {readonly import('../rules.js').RuffFamily[]} */
export const ruffFamilies = [
  {
    prefix: 'E',
    linter: 'pycodestyle errors',
    why: 'Comparisons with `None` and `True`, bare `except:` and lines too long to read in a review.',
  },
  {
    prefix: 'F',
    linter: 'Pyflakes',
    why: 'Names that are undefined, imported for nothing or assigned and never read.',
  },
  { prefix: 'W', linter: 'pycodestyle warnings', why: 'Escapes that are none: the next Python refuses them.' },
  { prefix: 'I', linter: 'isort', why: 'One order of imports, so that a change shows what it changes.' },
  {
    prefix: 'B',
    linter: 'flake8-bugbear',
    why: 'What Python accepts and nobody means: a default that is shared by every call, a loop variable bound late, a lost cause.',
  },
  { prefix: 'UP', linter: 'pyupgrade', why: 'Spellings that the oldest supported Python no longer needs.' },
  { prefix: 'C4', linter: 'flake8-comprehensions', why: 'A list that is built only to be walked once.' },
  {
    prefix: 'SIM',
    linter: 'flake8-simplify',
    why: 'Branches that say one thing twice; a `try` that hides what is suppressed.',
  },
  { prefix: 'PTH', linter: 'flake8-use-pathlib', why: 'One way to name files; `os.path` takes any text.' },
  {
    prefix: 'T20',
    linter: 'flake8-print',
    why: 'Lines beside the log have no level, no request id and no redaction.',
  },
  {
    prefix: 'ASYNC',
    linter: 'flake8-async',
    why: 'A blocking call in a coroutine stops every request of the process.',
  },
  {
    prefix: 'S',
    linter: 'flake8-bandit',
    why: 'Shells, weak hashes, unsafe parsers and secrets in the source.',
    offIn: {
      files: ['tests/**'],
      because: 'tests assert, hold stand-in secrets and start processes (S101, S104–S106, S108, S603)',
    },
  },
  {
    prefix: 'RUF',
    linter: 'Ruff',
    why: 'A task that nobody keeps is collected before it has run; a silenced rule that would not have spoken.',
  },
  { prefix: 'DTZ', linter: 'flake8-datetimez', why: 'A time without its zone is another time on another machine.' },
  { prefix: 'PT', linter: 'flake8-pytest-style', why: 'A test that expects any error passes for the wrong one.' },
  {
    prefix: 'LOG',
    linter: 'flake8-logging',
    why: 'A record that goes to the root logger, or has no exception to print.',
  },
  {
    prefix: 'G',
    linter: 'flake8-logging-format',
    why: 'A message that is put together before anyone asks for it, and is another message each time.',
  },
  { prefix: 'PLE', linter: 'Pylint errors', why: 'What raises when it is reached.' },
  { prefix: 'PGH', linter: 'pygrep-hooks', why: 'Silencing every rule silences those of next year.' },
  { prefix: 'RSE', linter: 'flake8-raise', why: 'Brackets that carry nothing suggest a message that was forgotten.' },
];
