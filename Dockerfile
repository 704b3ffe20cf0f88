# One recipe for every part: docker build --build-arg SERVICE=ambulance -t kota/ambulance .
# SERVICE is a folder of services/, `gateway`, `console`, or `kota` (the operator's commands). See docs/deploying.md.
# Python 3.13 on Debian 13; move tag and digest together: docker buildx imagetools inspect python:3.13-slim-trixie
ARG PYTHON_IMAGE=docker.io/library/python:3.13-slim-trixie@sha256:9d2e5553305c7c7b0097999bb17187c69b921ccd6bc9d40e4bb5ebe652c00285

FROM ${PYTHON_IMAGE} AS build
ARG SERVICE
COPY . /source
RUN sh /source/deploy/image/build.sh "${SERVICE}" /source /srv/kota

FROM ${PYTHON_IMAGE}
ARG SERVICE
LABEL org.opencontainers.image.title="kota-${SERVICE}" org.opencontainers.image.licenses="Apache-2.0"
# Nothing is installed into a running container.
RUN python3 -m pip uninstall --quiet --yes --root-user-action=ignore pip \
    && useradd --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin kota \
    && install -d -o 10001 -g 10001 /var/lib/kota/files
COPY --from=build /srv/kota/lib /srv/kota/lib
COPY --from=build /srv/kota/start /srv/kota/start
COPY --from=build /srv/kota/app /srv/kota/app
# A number, so that an orchestrator can tell that it is not root.
USER 10001:10001
WORKDIR /srv/kota/app
# 8000: the gateway's requests. 8002: the console's. 9100: a service's health and metrics. 9200: the gateway's to a service.
ENV GATEWAY_HOST=0.0.0.0 GATEWAY_PORT=8000 CONSOLE_HOST=0.0.0.0 CONSOLE_PORT=8002 HEALTH_HOST=0.0.0.0 HEALTH_PORT=9100 \
    DIRECT_HOST=0.0.0.0 DIRECT_PORT=9200
ENTRYPOINT ["/srv/kota/start"]
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["/srv/kota/start", "healthy"]
