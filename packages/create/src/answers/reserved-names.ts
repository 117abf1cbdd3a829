// A service's name becomes a Python package beside these, an npm package, a folder and a host name.
const words = (text: string): readonly string[] => text.trim().split(/\s+/);

// Lower-case forms too: a class of the name `none` would be None.
const keywords = words(`
  and as assert async await break case class continue def del elif else except false finally for from global if
  import in is lambda match none nonlocal not or pass raise return true try type while with yield`);

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
  annotated_doc annotated_types anyio ast_serialize certifi click csv_parse fastapi fastify h11 hatchling httpcore
  httpcore2 httpx httpx2 hypothesis idna iniconfig kysely librt mypy mypy_extensions mypyc opentelemetry oxfmt
  oxlint oxlint_tsgolint packaging pathspec pino pip pkg_resources pluggy py pydantic pydantic_core pygments pytest
  ruff seaworthy setuptools sniffio sortedcontainers starlette tomlkit trove_classifiers truststore tsup typescript
  typing_extensions typing_inspection uvicorn vitest wheel zod`);

const folders = words(`
  build config conftest coverage dist docs node node_modules npm packages python reports scripts services src
  templates test tests var vendor`);

const devices = words(`
  aux com1 com2 com3 com4 com5 com6 com7 com8 com9 con lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9 nul prn`);

const reasons = new Map([
  ...folders.map((name) => [name, 'a folder or a file of every service has it'] as const),
  ...dependencies.map((name) => [name, 'a package that services depend on has it'] as const),
  ...nodeModules.map((name) => [name, 'a module of Node has it'] as const),
  ...pythonModules.map((name) => [name, "a module of Python's standard library has it"] as const),
  ...keywords.map((name) => [name, 'it is a keyword of Python'] as const),
  ...devices.map((name) => [name, 'Windows keeps it for a device'] as const),
]);

/** Why a well-formed name cannot be the name of a service; undefined when it can. */
export function reservedReason(name: string): string | undefined {
  return reasons.get(name.replaceAll('-', '_'));
}
