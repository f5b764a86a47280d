from __future__ import annotations

import base64
import os
import re
import tomllib
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from bot.config import ConfigError, Settings, load_settings, read_keys
from bot.domain.rules import Rules
from bot.keys import EXAMPLE_KEY
from bot.matching.policy import Relaxable, programme_policy
from bot.settings import setting_field, setting_names

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"
CANARY = "zinnober-4711"
KEY = base64.b64encode(bytes(range(32))).decode()
OTHER_KEY = base64.b64encode(bytes(range(1, 33))).decode()


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def to_file(text: str | bytes, name: str = "config.toml", mode: int = 0o600) -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        path.chmod(mode)
        return path

    return to_file


def refusal(environ: dict[str, str], cwd: Path) -> str:
    with pytest.raises(ConfigError) as caught:
        load_settings(environ, cwd)
    told = "".join(traceback.format_exception(caught.value))
    assert CANARY not in told
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_without_file_and_environment_the_defaults_hold(tmp_path: Path) -> None:
    """Nothing configured is a valid configuration: manifest, migrate and story need no more."""
    assert load_settings({}, tmp_path) == Settings()


def test_the_environment_wins_over_the_file_and_the_file_over_the_defaults(
    write: Callable[..., Path], tmp_path: Path
) -> None:
    """Each setting comes from the nearest place that names it, also within one table."""
    write("[server]\nport = 1111\nthreads = 5\n[people]\nsetup_allowed = ['U1']\n")
    settings = load_settings({"TANDEM_SERVER__PORT": "2222", "TANDEM_PROGRAMME__LANGUAGE": "de"}, tmp_path)
    assert (settings.server.port, settings.server.threads, settings.server.workers) == (2222, 5, 2)
    assert (settings.people.setup_allowed, settings.programme.language) == (("U1",), "de")


def test_a_file_can_be_named(write: Callable[..., Path], tmp_path: Path) -> None:
    """TANDEM_CONFIG names the file to read instead of config.toml."""
    write("[server]\nport = 1111\n")
    other = write("[server]\nport = 2222\n", name="other.toml")
    assert load_settings({"TANDEM_CONFIG": str(other)}, tmp_path).server.port == 2222
    assert load_settings({"TANDEM_CONFIG": "other.toml"}, tmp_path).server.port == 2222


def test_every_setting_can_come_from_the_environment(tmp_path: Path) -> None:
    """Each name of the example file works as TANDEM_TABLE__NAME."""
    values = {"slack.signing_secret": "s" * 32, "security.keys": f"k1:{KEY}", "security.keys_file": "/k"}
    values |= {"slack.bot_token": "xoxb-1", "slack.app_token": "xapp-1", "people.setup_allowed": "U1, W2"}
    values |= {"programme.matching": '{"department_points": 10}', "programme.rules": '{"most_goals": 2}'}
    for name in setting_names():
        section, key = name.split(".")
        text = values.get(name) or str(setting_field(section, key).default)
        settings = load_settings({f"TANDEM_{section}__{key}".upper(): text}, tmp_path)
        assert getattr(getattr(settings, section), key) is not None


def test_the_matching_follows_its_own_table(write: Callable[..., Path], tmp_path: Path) -> None:
    """What is not named has the default of a programme, and what is wrong is named."""
    write("[programme]\nmin_gap_weeks = 4\n[programme.matching]\ndepartment_points = 10\nrelax = ['hours']\n")
    policy = load_settings({}, tmp_path).programme.policy
    assert (policy.department_points, policy.relax) == (10, (Relaxable.HOURS,))
    assert Settings().programme.policy == programme_policy({})
    assert (policy.min_overlap_minutes, Settings().programme.policy.relax) == (0, ())

    write("[programme.matching]\ndepartments = 10\n")
    with pytest.raises(ConfigError, match=r"^programme\.matching: departments: there is no such setting; allowed: "):
        load_settings({}, tmp_path)


def test_the_rules_of_a_programme_have_a_table_of_their_own(write: Callable[..., Path], tmp_path: Path) -> None:
    """What is not named has its default, and what is no rule or out of range is named."""
    write("[programme.rules]\nmost_goals = 2\n")
    assert load_settings({}, tmp_path).programme.own_rules == Rules(most_goals=2)

    for said, complaint in (("many = 1", "many: there is no such rule"), ("most_goals = 0", "most_goals: should be")):
        write(f"[programme.rules]\n{said}\n")
        with pytest.raises(ConfigError, match=rf"^programme\.rules: {complaint}"):
            load_settings({}, tmp_path)


def test_what_kubernetes_adds_is_not_mistaken_for_a_setting(tmp_path: Path) -> None:
    """Variables that a cluster sets for a service called tandem do not stop the start."""
    added = {"TANDEM_SERVICE_HOST": "10.0.0.1", "TANDEM_PORT": "tcp://10.0.0.1:3000", "TANDEM_PORT_3000_TCP": "x"}
    assert load_settings(added, tmp_path) == Settings()


def test_blank_secrets_count_as_not_set(tmp_path: Path) -> None:
    """An empty variable, as container files like to leave behind, means: not set."""
    assert load_settings({"TANDEM_SLACK__BOT_TOKEN": " "}, tmp_path).slack.bot_token is None


def test_settings_cannot_be_changed() -> None:
    """What was read at the start holds until the end."""
    with pytest.raises(ValidationError):
        Settings().server.port = 1  # type: ignore[misc]  # what the type checker forbids must fail at run time too


def test_no_secret_shows_when_settings_are_printed(tmp_path: Path) -> None:
    """Neither repr nor JSON of the settings shows a token, key or database password."""
    environ = {
        "TANDEM_SLACK__BOT_TOKEN": f"xoxb-{CANARY}",
        "TANDEM_SLACK__APP_TOKEN": f"xapp-{CANARY}",
        "TANDEM_SLACK__SIGNING_SECRET": f"{CANARY}{CANARY}",
        "TANDEM_SECURITY__KEYS": f"{CANARY}:{KEY}",
        "TANDEM_DATABASE__URL": f"postgresql://bot:{CANARY}@localhost/tandem",
    }
    settings = load_settings(environ, tmp_path)
    assert CANARY not in repr(settings) + str(settings) + repr(settings.require_slack())


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("sqlite:///tandem.db", "sqlite:///tandem.db"),
        ("sqlite:////var/lib/tandem.db", "sqlite:////var/lib/tandem.db"),
        ("postgresql://a:b@host:5432/name", "postgresql+psycopg://a:b@host:5432/name"),
        ("postgres://host/name", "postgresql+psycopg://host/name"),
        ("postgresql:///name?host=/run/postgresql", "postgresql+psycopg:///name?host=/run/postgresql"),
        ("postgresql+psycopg://host/name", "postgresql+psycopg://host/name"),
    ],
)
def test_database_addresses_are_brought_to_one_form(given: str, kept: str) -> None:
    """The usual ways to write a database address are understood."""
    assert Settings.model_validate({"database": {"url": given}}).database.url == kept


BROKEN: list[tuple[str, str]] = [
    ("[server]\nport = 'zinnober-4711'", "server.port"),
    ("[server]\nport = 0", "server.port"),
    ("[server]\nport = 65536", "server.port"),
    ("[server]\nport = 3000.5", "server.port"),
    ("[server]\nworkers = -1", "server.workers"),
    ("[server]\nthreads = ['zinnober-4711']", "server.threads"),
    ("[server]\nhost = ''", "server.host"),
    ("[server]\nprot = 'zinnober-4711'", "server.prot"),
    ("server = 'zinnober-4711'", "server"),
    ("[sever]\nport = 3000", "sever"),
    ("token = 'zinnober-4711'", "token"),
    ("[slack]\nmode = 'zinnober-4711'", "slack.mode"),
    ("[slack]\nbot_token = 'xapp-zinnober-4711'", "slack.bot_token"),
    ("[slack]\napp_token = 'xoxb-zinnober-4711'", "slack.app_token"),
    ("[slack]\nbot_token = 4711", "slack.bot_token"),
    ("[slack]\nsigning_secret = 'zinnober-4711'", "slack.signing_secret"),
    ("[slack]\nsigning_secret = ['zinnober-4711']", "slack.signing_secret"),
    ("[slack]\napi_url = 'http://zinnober-4711.example/api/'", "slack.api_url"),
    ("[slack]\napi_url = 'https://slack.example/zinnober-4711'", "slack.api_url"),
    ("[slack]\napi_url = 'https://me:zinnober-4711@slack.example/api/'", "slack.api_url"),
    ("[slack]\napi_url = 'https://[zinnober-4711/api/'", "slack.api_url"),
    ("[slack]\ntimeout_seconds = nan", "slack.timeout_seconds"),
    ("[slack]\ntimeout_seconds = 0", "slack.timeout_seconds"),
    ("[database]\nurl = 'mysql://bot:zinnober-4711@host/name'", "database.url"),
    ("[database]\nurl = 'postgresql://bot:zinnober-4711@host'", "database.url"),
    ("[database]\nurl = 'postgresql://bot:a@b:zinnober-4711/name'", "database.url"),
    ("[database]\nurl = 'sqlite://'", "database.url"),
    ("[database]\nurl = 'sqlite:///:memory:'", "database.url"),
    ("[database]\nurl = 'zinnober-4711'", "database.url"),
    ("[database]\nmigrate_on_start = 'zinnober-4711'", "database.migrate_on_start"),
    ("[database]\npool_size = 0", "database.pool_size"),
    ("[security]\nkeys = ['zinnober-4711']", "security.keys"),
    ("[security]\nkeys_file = 4711", "security.keys_file"),
    ("[security]\nkey = 'zinnober-4711'", "security.key"),
    ("[people]\nsetup_allowed = ['@zinnober-4711']", "people.setup_allowed"),
    ("[people]\nsetup_allowed = 4711", "people.setup_allowed"),
    ("[programme]\nweekday = 'zinnober-4711'", "programme.weekday"),
    ("[programme]\nhour = 24", "programme.hour"),
    ("[programme]\nweeks = 53", "programme.weeks"),
    ('[programme]\nholidays = "DE-XX"', "programme.holidays"),
    ('[programme]\nholidays = "Berlin"', "programme.holidays"),
    ("[programme]\nlanguage = 'zinnober-4711'", "programme.language"),
    ("[programme]\nmatching = 'zinnober-4711'", "programme.matching"),
    ("[programme.matching]\ndepartment_points = 4711", "programme.matching"),
    ("[programme.matching]\nrelax = ['zinnober-4711']", "programme.matching"),
    ("[programme.matching]\nmin_gap_weeks = 4", "programme.matching"),
    ("[programme.rules]\nmost_goals = 4711", "programme.rules"),
    ("[programme]\nrules = 'zinnober-4711'", "programme.rules"),
    ("[delivery]\ntick_seconds = inf", "delivery.tick_seconds"),
    ("[delivery]\nmax_attempts = 0", "delivery.max_attempts"),
    ("[logging]\nlevel = 'zinnober-4711'", "logging.level"),
    ("[logging]\nformat = 'zinnober-4711'", "logging.format"),
]


@pytest.mark.parametrize(("text", "name"), BROKEN)
def test_a_broken_setting_is_named_with_what_is_allowed(
    write: Callable[..., Path], tmp_path: Path, text: str, name: str
) -> None:
    """The refusal is one line: the setting, what is wrong, what is allowed; never the value."""
    write(text)
    line = refusal({}, tmp_path)
    assert line.startswith(f"{name}: ")
    assert "; allowed: " in line


@pytest.mark.parametrize(
    "text",
    [
        "bot_token = zinnober-4711",
        "[slack",
        'a = "zinnober-4711',
        "zinnober-4711",
        "[slack]\n[slack]",
        b"\xff\xfe",
        b"\x00",
    ],
)
def test_a_file_that_is_not_toml_is_refused_without_quoting_it(
    write: Callable[..., Path], tmp_path: Path, text: str | bytes
) -> None:
    """The refusal names the file and the place, not what stands there."""
    path = write(text)
    assert refusal({}, tmp_path).startswith(f"TANDEM_CONFIG: {path} ")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """A named file must exist; only config.toml may be missing."""
    assert refusal({"TANDEM_CONFIG": "gone.toml"}, tmp_path).startswith("TANDEM_CONFIG: ")
    assert refusal({"TANDEM_CONFIG": str(tmp_path)}, tmp_path).startswith("TANDEM_CONFIG: ")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("TANDEM_SLACK__BOT_TOKN", "TANDEM_SLACK__BOT_TOKEN"),
        ("TANDEM_SLACK_BOT_TOKEN", "TANDEM_SLACK__BOT_TOKEN"),
        ("TANDEM_DATABSE__URL", "TANDEM_DATABASE__URL"),
        ("TANDEM_CONFIG_FILE", "TANDEM_CONFIG"),
        ("TANDEM_SLACK", "TANDEM_SLACK__MODE"),
    ],
)
def test_a_mistyped_variable_is_refused_with_the_nearest_name(tmp_path: Path, name: str, meant: str) -> None:
    """A variable that begins with TANDEM_ is a setting or a mistake, and the mistake is explained."""
    assert refusal({name: CANARY}, tmp_path) == f"{name}: there is no such setting; did you mean {meant}?"


def test_a_broken_variable_is_refused_like_a_line_in_the_file(tmp_path: Path) -> None:
    """Values from the environment are checked and kept quiet in the same way."""
    assert refusal({"TANDEM_SERVER__PORT": CANARY}, tmp_path).startswith("server.port: ")
    assert refusal({"TANDEM_SLACK__BOT_TOKEN": CANARY}, tmp_path).startswith("slack.bot_token: ")
    assert refusal({"TANDEM_DATABASE__URL": CANARY}, tmp_path).startswith("database.url: ")


def test_a_broken_table_is_refused_even_when_the_environment_fills_it(
    write: Callable[..., Path], tmp_path: Path
) -> None:
    """A variable does not paper over a file that is wrong."""
    write("server = 'zinnober-4711'")
    assert refusal({"TANDEM_SERVER__PORT": "3000"}, tmp_path).startswith("server: ")


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such file modes")
@pytest.mark.parametrize(
    "text",
    [
        "[slack]\nbot_token = 'xoxb-zinnober-4711'",
        "[security]\nkeys = 'zinnober-4711'",
        "[database]\nurl = 'postgresql://bot:zinnober-4711@host/name'",
    ],
)
def test_a_file_with_a_secret_that_everybody_can_read_is_refused(
    write: Callable[..., Path], tmp_path: Path, text: str
) -> None:
    """The refusal says what to type; without a secret in it the file may be open."""
    path = write(text, mode=0o644)
    assert refusal({}, tmp_path).endswith(f"type: chmod 600 {path}")
    write("[server]\nport = 1", mode=0o644)
    assert load_settings({}, tmp_path).server.port == 1


@pytest.mark.parametrize(
    ("mode", "given", "missing"),
    [
        ("socket", {}, "slack.bot_token"),
        ("socket", {"bot_token": "xoxb-1"}, "slack.app_token"),
        ("http", {"bot_token": "xoxb-1", "app_token": "xapp-1"}, "slack.signing_secret"),
    ],
)
def test_a_missing_token_is_named(mode: str, given: dict[str, Any], missing: str) -> None:
    """What the configured transport needs and does not have is asked for by name."""
    settings = Settings.model_validate({"slack": {"mode": mode, **given}})
    with pytest.raises(ConfigError, match=rf"^{missing}: is missing"):
        settings.require_slack()


def test_tokens_are_handed_out_when_all_are_there() -> None:
    """Socket Mode needs two tokens; what it does not need is left empty."""
    slack = {"bot_token": SecretStr("xoxb-1"), "app_token": SecretStr("xapp-1")}
    access = Settings.model_validate({"slack": slack}).require_slack()
    assert (access.bot_token, access.app_token, access.signing_secret) == ("xoxb-1", "xapp-1", "")


def with_keys(**security: Any) -> Settings:
    return Settings.model_validate({"security": security})


def test_the_first_key_comes_first() -> None:
    """Keys are returned in the order they stand, decoded."""
    assert read_keys(with_keys(keys=f"new:{KEY}, old:{OTHER_KEY}")) == [
        ("new", bytes(range(32))),
        ("old", bytes(range(1, 33))),
    ]


def test_keys_can_stand_in_a_file_of_their_own(write: Callable[..., Path]) -> None:
    """One key a line; empty lines and remarks are skipped."""
    path = write(f"# sealed since May\n\nnew:{KEY}\n  old:{OTHER_KEY}  \n", name="keys")
    assert [key_id for key_id, _ in read_keys(with_keys(keys_file=path))] == ["new", "old"]


@pytest.mark.parametrize(
    "keys",
    [
        *(None, "", " , ", "zinnober-4711", KEY, f"k1 {KEY}", f":{KEY}", f"k 1:{KEY}", "k1:", "k1:zinnober-4711"),
        *(f"k1:{KEY[:-4]}", f"k1:{KEY[:-1]}", f"k1:{KEY}{KEY}", f"k1:{KEY}\nk2:{KEY}", f"k1:{KEY},k1:{OTHER_KEY}"),
        *(f"k1:{KEY},zinnober-4711", "k1:" + base64.b64encode(bytes(32)).decode(), "k1:" + "é" * 44),
        *("k1:" + base64.b64encode(EXAMPLE_KEY).decode(), "k1:" + base64.b64encode(b"\xff" * 32).decode()),
    ],
)
def test_a_key_that_is_missing_malformed_or_known_is_refused(keys: str | None) -> None:
    """The refusal names security.keys and which entry, and quotes nothing of it."""
    with pytest.raises(ConfigError, match=r"^security\.keys: .*needed: ") as caught:
        read_keys(with_keys(keys=keys))
    assert not [part for part in re.split(r"[:,\s]", keys or "") if len(part) > 2 and part in str(caught.value)]


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such file modes")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o644])
def test_a_key_file_that_others_can_open_is_refused(write: Callable[..., Path], mode: int) -> None:
    """Only its owner may read or change it; the refusal says what to type."""
    path = write(f"k1:{KEY}", name="keys", mode=mode)
    with pytest.raises(ConfigError, match=rf"^security\.keys_file: .*chmod 600 {re.escape(str(path))}$"):
        read_keys(with_keys(keys_file=path))


@pytest.mark.parametrize("text", [b"", b"# nothing\n", b"\xff\xfe", b"k1:short"])
def test_a_key_file_without_a_usable_key_is_refused(write: Callable[..., Path], text: bytes) -> None:
    """A file is held to the same rules as the setting."""
    with pytest.raises(ConfigError, match=r"^security\.keys_file: "):
        read_keys(with_keys(keys_file=write(text, name="keys")))


def test_a_key_file_that_is_missing_or_set_twice_is_refused(tmp_path: Path) -> None:
    """A missing file is named; keys in two places are one too many."""
    with pytest.raises(ConfigError, match=r"^security\.keys_file: "):
        read_keys(with_keys(keys_file=tmp_path / "gone"))
    with pytest.raises(ConfigError, match=r"^security\.keys: security\.keys_file is set as well"):
        read_keys(with_keys(keys_file=tmp_path / "gone", keys=f"k1:{KEY}"))


def example_in_full() -> dict[str, Any]:
    """Return the example file with the settings that have no default switched on."""
    return tomllib.loads(re.sub(r"^# (\w+ = )", r"\1", EXAMPLE.read_text("utf-8"), flags=re.MULTILINE))


def test_the_example_file_holds_every_setting_and_no_other() -> None:
    """Whoever reads config.example.toml has seen everything there is."""
    found = [f"{section}.{key}" for section, table in example_in_full().items() for key in table]
    assert found == list(setting_names())


def test_the_example_file_shows_the_defaults() -> None:
    """Each value in the example is the one that holds when the line is left out."""
    assert load_settings({"TANDEM_CONFIG": str(EXAMPLE)}, EXAMPLE.parent) == Settings()
    shown = tomllib.loads(EXAMPLE.read_text("utf-8"))
    without_default = {name for name in setting_names() if setting_field(*name.split(".")).default is None}
    missing = {name for name in setting_names() if name.split(".")[1] not in shown[name.split(".")[0]]}
    assert missing == without_default


def test_every_setting_of_the_example_is_explained() -> None:
    """Above each setting stands at least one line in plain words."""
    lines = EXAMPLE.read_text("utf-8").splitlines()
    settings = [number for number, line in enumerate(lines) if re.match(r"(# )?\w+ = ", line)]
    assert len(settings) == len(setting_names())
    assert not [lines[number] for number in settings if not lines[number - 1].startswith("# ")]


def test_the_key_of_the_example_file_is_refused() -> None:
    """Whoever copies the example key is told so at the start."""
    with pytest.raises(ConfigError, match=r"^security\.keys: entry 1 is the example key"):
        read_keys(with_keys(keys=example_in_full()["security"]["keys"]))
