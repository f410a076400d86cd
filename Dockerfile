# The image of On Record: the build and what it runs on, nothing else. docs/running.md says how to run it.
ARG NODE=22

FROM node:${NODE}-bookworm-slim AS build
# hnswlib-node is compiled here; the image itself has no compiler.
# hadolint ignore=DL3008
RUN apt-get update && apt-get install --no-install-recommends --yes g++ make python3 && rm -rf /var/lib/apt/lists/*
# Flags for hnswlib, which is otherwise compiled for any processor: docs/performance.md.
ARG CXXFLAGS
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Node's headers are in its image: without nodedir they would be fetched once more. Of an optional package npm hides that it is missing.
RUN npm ci --ignore-scripts && npm_config_nodedir=/usr/local npm rebuild hnswlib-node && node -e "require('hnswlib-node')"
COPY . .
RUN npm run build && npm prune --omit=dev --ignore-scripts && node scripts/prune.mjs \
  && rm -rf dist/bench dist/test dist/*.tsbuildinfo && find dist -name '*.map' -delete && find dist -name '*.d.ts' -delete
# What a record in PostgreSQL needs, and what that needs, as it is locked: the package leaves it to those who have one.
WORKDIR /database
RUN cp /app/package-lock.json . \
  && node -e "fs.writeFileSync('package.json', JSON.stringify({ dependencies: require('/app/package.json').peerDependencies }))" \
  && npm install --omit=dev --omit=peer --ignore-scripts && find node_modules -regextype posix-extended -regex '.*\.([cm]?ts|map)' -delete

FROM node:${NODE}-bookworm-slim
ENV NODE_ENV=production ONRECORD_HOST=0.0.0.0 ONRECORD_INDEX=/data/index
WORKDIR /app
COPY --from=build /app/package.json /app/LICENSE /app/NOTICE ./
COPY --from=build /app/bin bin
COPY --from=build /app/models models
COPY --from=build /app/node_modules node_modules
COPY --from=build /database/node_modules /node_modules
COPY --from=build /app/dist dist
# npm and yarn are for building only. A volume that is new takes the owner of the folder that it is mounted on.
RUN rm -rf /usr/local/lib/node_modules /opt/yarn-* /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/yarn /usr/local/bin/yarnpkg /usr/local/bin/corepack \
  && mkdir -p /data /documents && chown node:node /data
USER 1000:1000
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.ONRECORD_PORT || 3000) + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/bin/onrecord.mjs"]
CMD ["serve"]
