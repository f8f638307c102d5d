FROM node:24-slim AS build
WORKDIR /shop
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev && rm -rf node_modules/node-linux-*

FROM node:24-slim
ENV NODE_ENV=production NODE_COMPILE_CACHE=/tmp/node-cache
WORKDIR /shop
COPY --from=build /shop/package.json ./
COPY --from=build /shop/node_modules ./node_modules
COPY --from=build /shop/src ./src
COPY --from=build /shop/migrations ./migrations
COPY --from=build /shop/locales ./locales
COPY --from=build /shop/miniapp/dist ./miniapp/dist
EXPOSE 8080
CMD ["node", "src/main.ts"]
