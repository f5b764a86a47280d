"""The Socket Mode connection, with an end that is quick and loses no answer."""

from __future__ import annotations

import socket

from slack_bolt.adapter.socket_mode import SocketModeHandler


class SocketModeLine(SocketModeHandler):
    """Bolt's connection to Slack; only the way it is closed is ours."""

    def close(self) -> None:
        """Take nothing new, let every request that has begun send its ack, then hang up without waiting for Slack.

        What was received and not begun is not acked, so Slack delivers it again.
        """
        client = self.client
        client.auto_reconnect_enabled = False
        client.closed = True
        client.message_queue.put(None)  # wakes the processor, which else looks up only once a second
        client.message_processor.shutdown()  # type: ignore[no-untyped-call]
        client.message_workers.shutdown(wait=True)
        client.current_session_state.terminated = True
        self._interrupt_receiver()
        super().close()  # type: ignore[no-untyped-call]

    def _interrupt_receiver(self) -> None:
        """Wake the thread that waits for Slack's next message; else it holds its lock until a time-out of seconds."""
        line = self.client.current_session and self.client.current_session.sock
        if not isinstance(line, socket.socket):
            return
        try:
            # Not line.shutdown(): over TLS that throws the cipher away under the reading thread.
            socket.socket.shutdown(line, socket.SHUT_RDWR)
        except OSError:
            return  # Slack was quicker
