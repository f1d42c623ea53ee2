# The same image serves, works and migrates: the command says which.

FROM node:20-bookworm-slim AS front
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
COPY common/package.json common/
COPY web/package.json web/
COPY pwa/package.json pwa/
RUN npm ci --no-progress
COPY tsconfig.base.json schema.graphql ./
COPY common common
COPY web web
COPY pwa pwa
RUN npm run --silent types && npm run --silent build

FROM python:3.11-slim-bookworm
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PATH=/opt/venv/bin:$PATH
RUN python -m venv /opt/venv
WORKDIR /srv/tablebanking
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml alembic.ini schema.graphql ./
COPY alembic alembic
COPY app app
COPY deploy/make_bucket.py deploy/
RUN pip install --no-cache-dir --no-deps --no-index --no-build-isolation -e . \
    && python -m compileall -q app \
    && useradd --system --uid 10001 --home-dir /var/lib/tablebanking --create-home tablebanking
COPY --from=front /src/web/dist web/dist
COPY --from=front /src/pwa/dist pwa/dist

USER tablebanking
ENV ENVIRONMENT=production HOST=0.0.0.0 PORT=8000 DATA_DIR=/var/lib/tablebanking
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD \
    ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
CMD ["tablebanking", "serve"]
