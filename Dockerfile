# The bot alone: no demo, no test tools. Data lives in /data; nothing else is written, so the root may be read-only.

FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 UV_LINK_MODE=copy UV_NO_CACHE=1
WORKDIR /app
COPY requirements/uv.lock requirements/runtime.lock requirements/
RUN python -m venv /opt/uv \
    && /opt/uv/bin/pip install --require-hashes -r requirements/uv.lock \
    && python -m venv --without-pip /opt/tandem \
    && /opt/uv/bin/uv pip install --python /opt/tandem/bin/python --compile-bytecode --require-hashes -r requirements/runtime.lock
COPY bot bot
COPY migrations migrations
RUN /opt/tandem/bin/python -m compileall -q bot migrations

FROM python:3.13-slim
RUN groupadd --gid 10001 tandem \
    && useradd --uid 10001 --gid tandem --no-create-home --home-dir /data --shell /usr/sbin/nologin tandem \
    && install --directory --owner tandem --group tandem --mode 0700 /data
COPY --from=build /opt/tandem /opt/tandem
COPY --from=build /app /app
ENV PATH=/opt/tandem/bin:$PATH \
    PYTHONPATH=/app \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    TANDEM_DATABASE__URL=sqlite:////data/tandem.db \
    TANDEM_SERVER__HOST=0.0.0.0 \
    TANDEM_LOGGING__FORMAT=json
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
# Over HTTP the bot is asked; in Socket Mode it opens no port, and a bot that stops ends the container by itself.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["python", "-c", "\
from urllib.request import urlopen; \
from bot.config import load_settings; \
settings = load_settings(); \
settings.slack.mode == 'http' and urlopen(f'http://127.0.0.1:{settings.server.port}/healthz', timeout=3)"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
