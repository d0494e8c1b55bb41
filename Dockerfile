# One image for every role: SERVICES=web, SERVICES=workers or both say what a container does.

FROM node:24-bookworm-slim AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends ffmpeg \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
RUN node scripts/make-demo.ts \
 && node node_modules/vite/bin/vite.js build web

FROM node:24-bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ffmpeg \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
ENV NODE_ENV=production
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --omit=dev
COPY src ./src
COPY workers ./workers
COPY bin ./bin
COPY --from=build /app/web/dist ./web/dist
COPY --from=build /app/web/public/demo ./web/public/demo
RUN mkdir -p data uploads && chown node:node data uploads
USER node
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s \
  CMD node -e "fetch('http://127.0.0.1:'+(process.env.PORT||3000)+'/healthz').then(r=>process.exit(r.ok?0:1),()=>process.exit(process.env.SERVICES==='workers'?0:1))"
CMD ["node", "src/main.ts"]
