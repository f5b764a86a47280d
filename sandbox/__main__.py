"""`python -m sandbox`: serve until Ctrl-C and print what an app needs to connect."""

from __future__ import annotations

import argparse
import signal
import sys

from sandbox.box import Sandbox

STOP = {signal.SIGINT, signal.SIGTERM}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description="A stand-in Slack on 127.0.0.1.")
    parser.add_argument("--port", type=int, default=0, help="port to listen on (default: any free one)")
    port = parser.parse_args().port
    # Blocked before any thread starts, so that the signal waits for `sigwait` and does not end a thread half-way.
    signal.pthread_sigmask(signal.SIG_BLOCK, STOP)
    with Sandbox.start(port=port) as box:
        lines = {
            "TANDEM_SLACK__API_URL": box.api_url,
            "TANDEM_SLACK__BOT_TOKEN": box.bot_token,
            "TANDEM_SLACK__APP_TOKEN": box.app_token,
            "TANDEM_SLACK__SIGNING_SECRET": box.signing_secret,
        }
        sys.stdout.write("".join(f"{name}={value}\n" for name, value in lines.items()))
        sys.stdout.flush()
        signal.sigwait(STOP)


if __name__ == "__main__":
    main()
