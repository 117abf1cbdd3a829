// A service's name becomes a Python package beside these, an npm package, a folder, a host name, an image, a unit and a database.
const words = (text: string): readonly string[] => text.trim().split(/\s+/);

// Lower-case forms too: a class of the name `none` would be None.
const keywords = words(`
  and as assert async await break case class continue def del elif else except false finally for from global if
  import in is lambda match none nonlocal not or pass raise return true try type while with yield`);

// ECMAScript 2025, strict mode, with what it keeps for later.
const javaScriptWords = words(`
  arguments await break case catch class const continue debugger default delete do else enum eval export extends
  false finally for function if implements import in instanceof interface let new null package private protected
  public return static super switch this throw true try typeof undefined var void while with yield`);

// pg_get_keywords() of PostgreSQL 17, catcode R and T: as a name of a database or a role they would need quotes.
const postgresWords = words(`
  all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation
  column concurrently constraint create cross current_catalog current_date current_role current_schema current_time
  current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign freeze
  from full grant group having ilike in initially inner intersect into is isnull join lateral leading left like limit
  localtime localtimestamp natural not notnull null offset on only or order outer overlaps placing primary references
  returning right select session_user similar some symmetric system_user table tablesample then to trailing true
  union unique user using variadic verbose when where window with`);
const postgresNames = words('postgres public template0 template1');

// Units and accounts that a Linux host has already.
const hostNames = words(`
  adm backup bin cron crond daemon dbus default docker games getty init irc kubelet list localhost lp machine mail
  man networkd news nginx nobody podman postgresql proxy reboot redis root rsyslog scratch ssh sshd sys system
  systemd udev uucp`);

// sys.stdlib_module_names of Python 3.11 to 3.14 without a leading underscore, and `test`, which it leaves out.
const pythonModules = words(`
  abc aifc annotationlib antigravity argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii
  bisect builtins bz2 calendar cgi cgitb chunk cmath cmd code codecs codeop collections colorsys compileall
  compression concurrent configparser contextlib contextvars copy copyreg cprofile crypt csv ctypes curses
  dataclasses datetime dbm decimal difflib dis distutils doctest email encodings ensurepip enum errno faulthandler
  fcntl filecmp fileinput fnmatch fractions ftplib functools gc genericpath getopt getpass gettext glob graphlib grp
  gzip hashlib heapq hmac html http idlelib imaplib imghdr imp importlib inspect io ipaddress itertools json keyword
  lib2to3 linecache locale logging lzma mailbox mailcap marshal math mimetypes mmap modulefinder msilib msvcrt
  multiprocessing netrc nis nntplib nt ntpath nturl2path numbers opcode operator optparse os ossaudiodev pathlib pdb
  pickle pickletools pipes pkgutil platform plistlib poplib posix posixpath pprint profile pstats pty pwd py_compile
  pyclbr pydoc pydoc_data pyexpat queue quopri random re readline reprlib resource rlcompleter runpy sched secrets
  select selectors shelve shlex shutil signal site smtpd smtplib sndhdr socket socketserver spwd sqlite3 sre_compile
  sre_constants sre_parse ssl stat statistics string stringprep struct subprocess sunau symtable sys sysconfig
  syslog tabnanny tarfile telnetlib tempfile termios test textwrap this threading time timeit tkinter token tokenize
  tomllib trace traceback tracemalloc tty turtle turtledemo types typing unicodedata unittest urllib uu uuid venv
  warnings wave weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib zoneinfo`);

// node:module's builtinModules; npm refuses a package of such a name.
const nodeModules = words(`
  assert buffer cluster console constants crypto dgram dns domain events fs http http2 https inspector module net os
  path process punycode querystring readline repl sea sqlite stream sys timers tls tty url util v8 vm wasi zlib`);

const dependencies = words(`
  aiosqlite annotated_doc annotated_types anyio ast_serialize async_timeout certifi click csv_parse dotenv fastapi
  fastify greenlet h11 hatchling httpcore httpcore2 httpx httpx2 hypothesis idna iniconfig ioredis kysely librt mypy
  mypy_extensions mypyc opentelemetry opentelemetry_api oxfmt oxlint oxlint_tsgolint packaging pathspec pg pino pip
  pkg_resources pluggy prometheus_client psycopg psycopg_binary py pydantic pydantic_core pygments pytest python_dotenv
  ruff seaworthy setuptools sniffio sortedcontainers sqlalchemy starlette tomlkit trove_classifiers truststore tsup
  typescript typing_extensions typing_inspection tzdata uvicorn vitest wheel zod`);

const commands = words('update');

const folders = words(`
  build config conftest coverage dist docs node node_modules npm packages python reports scripts services src
  templates test tests var vendor`);

const devices = words(`
  aux com1 com2 com3 com4 com5 com6 com7 com8 com9 con lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9 nul prn`);

const reasons = new Map([
  ...hostNames.map((name) => [name, 'a unit, an account or an image of every host has it'] as const),
  ...postgresNames.map((name) => [name, 'a database or a schema of PostgreSQL has it'] as const),
  ...postgresWords.map((name) => [name, 'it is a reserved word of PostgreSQL'] as const),
  ...commands.map((name) => [name, 'it is a command of create-seaworthy'] as const),
  ...folders.map((name) => [name, 'a folder or a file of every service has it'] as const),
  ...dependencies.map((name) => [name, 'a package that services depend on has it'] as const),
  ...nodeModules.map((name) => [name, 'a module of Node has it'] as const),
  ...pythonModules.map((name) => [name, "a module of Python's standard library has it"] as const),
  ...javaScriptWords.map((name) => [name, 'it is a reserved word of JavaScript'] as const),
  ...keywords.map((name) => [name, 'it is a keyword of Python'] as const),
  ...devices.map((name) => [name, 'Windows keeps it for a device'] as const),
]);

/** Why a well-formed name cannot be the name of a service; undefined when it can. */
export function reservedReason(name: string): string | undefined {
  if (name.startsWith('pg-')) return 'PostgreSQL keeps names that begin with pg_';
  return reasons.get(name.replaceAll('-', '_'));
}
