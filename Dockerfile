FROM node:24-slim AS build
WORKDIR /shop
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
# The image has a Node of its own; the one that npm brings for other machines stays behind.
RUN npm run build && npm prune --omit=dev && rm -rf node_modules/node-linux-* node_modules/.bin/node

FROM node:24-slim
ENV NODE_ENV=production DATA_DIR=/data NODE_COMPILE_CACHE=/var/cache/littleshop
# Node would take as much memory as it finds, and malloc would keep a store of it for each thread: docs/performance.md.
ENV NODE_OPTIONS="--max-semi-space-size=2 --max-old-space-size=192" MALLOC_ARENA_MAX=1
WORKDIR /shop
RUN install -d -o node -g node /data /var/cache/littleshop
COPY --from=build /shop/package.json ./
COPY --from=build /shop/node_modules ./node_modules
COPY --from=build /shop/src ./src
COPY --from=build /shop/migrations ./migrations
COPY --from=build /shop/locales ./locales
COPY --from=build /shop/miniapp/dist ./miniapp/dist
# What an operator runs inside the machine.
COPY --from=build /shop/scripts/doctor.ts /shop/scripts/import.ts /shop/scripts/restore.ts ./scripts/
COPY --from=build /shop/scripts/doctor ./scripts/doctor
COPY --from=build /shop/scripts/enter.sh /shop/scripts/compile.ts ./scripts/
# Compiled now, it is not at each start, and the compiler takes no memory: one file that is left out has it loaded.
USER node
RUN ["node", "scripts/compile.ts"]
USER root
EXPOSE 8080
# Only that it lives: whether Telegram answers is nothing a restart would mend. A long migration is no illness.
HEALTHCHECK --interval=30s --timeout=5s --start-period=10m --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 8080}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Begins as root only to make the volume the shop's own, and goes on as node (docs/decisions/0013).
ENTRYPOINT ["/shop/scripts/enter.sh"]
CMD ["node", "src/main.ts"]
