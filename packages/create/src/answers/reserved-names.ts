// A service's name becomes a Python package beside these, an npm package, a folder and a host name.
const python =
  'and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield match case type none true false';
const pythonModules =
  'abc argparse array ast asyncio base64 bisect builtins bz2 calendar cmath cmd code codecs collections colorsys compileall concurrent configparser contextlib contextvars copy copyreg csv ctypes curses dataclasses datetime dbm decimal difflib dis doctest email encodings ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html http imaplib importlib inspect io ipaddress itertools json keyword linecache locale logging lzma mailbox marshal math mimetypes mmap modulefinder multiprocessing netrc numbers operator optparse os pathlib pdb pickle pickletools pkgutil platform plistlib poplib posix pprint profile pstats pty pwd queue quopri random re readline reprlib resource runpy sched secrets select selectors shelve shlex shutil signal site smtplib socket socketserver sqlite3 ssl stat statistics string stringprep struct subprocess symtable sys sysconfig syslog tarfile telnetlib tempfile termios test textwrap this threading time timeit tkinter token tokenize tomllib trace traceback tracemalloc tty turtle types typing unicodedata unittest urllib uuid venv warnings wave weakref webbrowser wsgiref xml xmlrpc zipapp zipfile zipimport zlib zoneinfo';
const templateModules =
  'fastapi starlette uvicorn pydantic pytest hypothesis httpx anyio ruff mypy h11 click pip setuptools hatchling captured-log service-process conftest';
const folders = 'src tests test node dist build vendor config docs var services templates packages';
const devices =
  'con prn aux nul com1 com2 com3 com4 com5 com6 com7 com8 com9 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9';
const npm = 'npm favicon fastify kysely pino zod vitest typescript';

/** Names that would hide a module, a folder or a device of the same name. */
export const reservedNames: ReadonlySet<string> = new Set(
  [python, pythonModules, templateModules, folders, devices, npm].flatMap((words) => words.split(' ')),
);
